package io.opsautomator.notify;

/**
 * Tells people, or what stands between: a mail, a topic, a chat.
 *
 * <p>Called at least once for each notification, also when the process died after it came about;
 * whoever must not tell twice keeps the {@link Notification#id}s it has told. Called from any
 * thread, one notification at a time, in the order in which things happened to a task. It may take
 * its time: no work waits for it.
 */
@FunctionalInterface
public interface Notifier {

  /**
   * @throws Exception when it could not be told; it is logged, and tried again, and what comes
   *     after it for the same task waits until then
   */
  void tell(Notification notification) throws Exception;
}
