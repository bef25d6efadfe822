package io.opsautomator.testkit;

import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Store;

final class InMemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new InMemoryStore();
  }
}
