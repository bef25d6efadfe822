package io.opsautomator.store;

/**
 * All that is durable, for whoever writes a store: every write is conditional and atomic, and
 * returns what is stored; losing a race is a value. Messages, queue pages and tallies are hints,
 * the rest is truth. Implement four small interfaces and make {@code StoreContract} pass.
 */
public interface Store extends AutoCloseable {

  Firings firings();

  Selections selections();

  Executions executions();

  Gates gates();

  @Override
  void close();
}
