package io.opsautomator.testkit;

import io.opsautomator.store.Store;
import java.util.function.Function;

/**
 * Something that a store is asked.
 *
 * @param name tells what
 */
record StoreOperation(String name, Function<Store, Object> call) {
  /** What the store says; a mistake that it reports is an answer. */
  Object answer(Store store) {
    try {
      return call.apply(store);
    } catch (IllegalArgumentException e) {
      return e.getClass();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
