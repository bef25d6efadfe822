package io.opsautomator.store;

import java.nio.file.Path;

/**
 * Opens the durable embedded store; found with {@link java.util.ServiceLoader}, so that the engine
 * need not know which it is.
 */
@FunctionalInterface
public interface StoreProvider {
  /**
   * @throws StoreException if the folder is in use by another process, or what is in it cannot be
   *     read
   */
  Store open(Path folder);
}
