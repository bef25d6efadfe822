package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, abcd, false",
    "abc, xabc, false",
    "a*, a, true",
    "a*, abc, true",
    "*c, abc, true",
    "*, '', true",
    "?, '', false",
    "a?c, abc, true",
    "a?c, ac, false",
    "a*b*c, aXbXbYc, true",
    "a*b*c, aXbXbY, false",
    "*ab, aab, true",
    "**, x, true",
    "A, a, false",
    "'', '', true",
    "'', a, false",
    "[a-z], b, false",
    "a.c, abc, false"
  })
  void starsAndQuestionMarksStandForLettersAndTheRestForItself(
      String pattern, String text, boolean matches) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void aLetterOutsideTheBasicPlaneIsOneLetter() {
    assertThat(new Glob("?").matches("\ud83d\ude00")).isTrue();
    assertThat(new Glob("??").matches("\ud83d\ude00")).isFalse();
  }

  @Test
  void agreesWithTheDefinitionOnRandomPatterns() {
    Random random = new Random(31);
    for (int i = 0; i < 20_000; i++) {
      String pattern = letters(random, "ab*?", 8);
      String text = letters(random, "ab", 10);
      assertThat(new Glob(pattern).matches(text))
          .as("%s on %s", pattern, text)
          .isEqualTo(defined(pattern, text));
    }
  }

  private static String letters(Random random, String alphabet, int most) {
    StringBuilder letters = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return letters.toString();
  }

  /** What a pattern means, one letter at a time and as slow as it likes. */
  private static boolean defined(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return defined(pattern.substring(1), text)
          || (!text.isEmpty() && defined(pattern, text.substring(1)));
    }
    return !text.isEmpty()
        && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
        && defined(pattern.substring(1), text.substring(1));
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.SECONDS)
  void manyStarsDoNotMakeItSlow() {
    Glob nasty = new Glob("*a".repeat(1_000) + "b");
    assertThat(nasty.matches("a".repeat(2_000))).isFalse();
  }
}
