package io.opsautomator.action;

/**
 * What the embedder provides and actions need: AWS clients, a chat client, a database of one's own.
 * Thread-safe. Typed by interface, so that tools which only read metadata can hand out stand-ins
 * that fail when used.
 */
@FunctionalInterface
public interface Services {
  /**
   * Throws IllegalStateException naming {@code type} and the {@code provide(...)} call that is
   * missing.
   */
  <S> S get(Class<S> type);
}
