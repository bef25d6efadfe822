package io.opsautomator.schedule;

/** One value of a cron field, and how it was written. */
record CronValue(int value, Kind kind) {
  enum Kind {
    NUMBER,
    NAME,
    FIRST,
    LAST
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean isLast() {
    return kind == Kind.LAST;
  }

  /** Whether the two may be the ends of one range. */
  boolean goesWith(CronValue other, CronField field) {
    return isNumber() == other.isNumber()
        || (field.names().isEmpty() && (isSymbol() || other.isSymbol()));
  }

  private boolean isSymbol() {
    return kind == Kind.FIRST || kind == Kind.LAST;
  }
}
