package io.opsautomator.task;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many, or so many percent of all. Immutable.
 *
 * @param value at least 1; a percentage at most 100
 */
public record Amount(int value, boolean percent) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(%?)");
  private static final int ALL = 100;

  /** Throws IllegalArgumentException for a value that is out of range. */
  public Amount {
    if (value < 1 || (percent && value > ALL)) {
      throw new IllegalArgumentException(wrong(value + (percent ? "%" : "")));
    }
  }

  /**
   * Reads {@code 10} or {@code 25%}; blanks around it do not matter.
   *
   * @throws IllegalArgumentException for anything else, saying what is allowed
   */
  public static Amount parse(String text) {
    Matcher form = FORM.matcher(text.trim());
    if (!form.matches()) {
      throw new IllegalArgumentException(wrong(text.trim()));
    }
    return new Amount(Integer.parseInt(form.group(1)), !form.group(2).isEmpty());
  }

  private static String wrong(String text) {
    return "'"
        + text
        + "' is neither a whole number of at least 1, such as 10, nor a percentage from 1% to"
        + " 100%";
  }

  /**
   * How many that is of a total: the number itself, whatever the total, or the percentage of it,
   * rounded down - which may be none.
   *
   * @param total not negative
   */
  public int of(int total) {
    return percent ? (int) ((long) total * value / ALL) : value;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return percent ? value + "%" : Integer.toString(value);
  }
}
