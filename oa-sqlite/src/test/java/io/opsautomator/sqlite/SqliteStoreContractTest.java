package io.opsautomator.sqlite;

import io.opsautomator.store.Store;
import io.opsautomator.testkit.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreContractTest extends StoreContract {
  @TempDir private Path folder;

  @Override
  protected Store open() {
    return SqliteStore.open(folder);
  }
}
