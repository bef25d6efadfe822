package io.opsautomator.resource;

/**
 * A pattern of a whole text in which {@code *} stands for any letters, also none, and {@code ?} for
 * one; everything else stands for itself, and case counts. Immutable.
 *
 * <p>Matching never tries more than one position of a star at a time: when the text after the last
 * star does not fit, that star takes one letter more, and stars before it are never looked at
 * again. So the work is bounded by pattern times text, whatever the pattern.
 */
final class Glob {
  private final String text;
  private final int[] pattern;

  Glob(String text) {
    this.text = text;
    this.pattern = text.codePoints().toArray();
  }

  boolean matches(String subject) {
    int[] letters = subject.codePoints().toArray();
    int star = -1;
    int taken = 0;
    int p = 0;
    int s = 0;
    while (s < letters.length) {
      if (p < pattern.length && pattern[p] == '*') {
        star = p++;
        taken = s;
      } else if (p < pattern.length && (pattern[p] == '?' || pattern[p] == letters[s])) {
        p++;
        s++;
      } else if (star >= 0) {
        p = star + 1;
        s = ++taken;
      } else {
        return false;
      }
    }
    return starsOnly(p);
  }

  private boolean starsOnly(int from) {
    for (int p = from; p < pattern.length; p++) {
      if (pattern[p] != '*') {
        return false;
      }
    }
    return true;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
