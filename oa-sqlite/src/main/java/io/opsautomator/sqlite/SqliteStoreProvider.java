package io.opsautomator.sqlite;

import io.opsautomator.store.Store;
import io.opsautomator.store.StoreProvider;
import java.nio.file.Path;

/** How the engine finds {@link SqliteStore} when it is on the class path. */
public final class SqliteStoreProvider implements StoreProvider {
  @Override
  public Store open(Path folder) {
    return SqliteStore.open(folder);
  }
}
