package io.opsautomator.notify;

import io.opsautomator.store.Run;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes notifications to the log, under the name {@code io.opsautomator.notify}: what an operator
 * should look at as warnings, the rest at level info. Thread-safe.
 */
public final class LogNotifier implements Notifier {
  private static final Logger LOG = LoggerFactory.getLogger("io.opsautomator.notify");

  @Override
  public void tell(Notification notification) {
    LOG.atLevel(good(notification) ? Level.INFO : Level.WARN).log(() -> line(notification));
  }

  private static boolean good(Notification notification) {
    return notification instanceof Notification.RunStarted
        || notification instanceof Notification.RunEnded ended
            && ended.state() == Run.State.COMPLETE;
  }

  /** Such as {@code run-ended task=nightly run=… state=COMPLETE succeeded=3}. */
  static String line(Notification notification) {
    return NotificationFields.of(notification).entrySet().stream()
        .filter(field -> !field.getKey().equals("at"))
        .map(
            field ->
                field.getKey().equals("event")
                    ? field.getValue().toString()
                    : field.getKey() + "=" + NotificationFields.quoted(field.getValue()))
        .collect(Collectors.joining(" "));
  }
}
