package io.opsautomator.schedule;

import java.time.LocalDateTime;
import java.util.Optional;

/** Five parsed fields. Immutable; knows calendars, not zones. */
public interface CronExpression {
  Optional<LocalDateTime> nextAfter(LocalDateTime time);

  static CronExpression parse(String expression) {
    throw new UnsupportedOperationException("sketch: " + expression);
  }
}
