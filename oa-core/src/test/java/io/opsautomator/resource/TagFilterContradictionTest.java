package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TagFilterContradictionTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          a & !a                   ~ 'a' and '!a' exclude each other
          a=1 & !a                 ~ 'a=1' and '!a' exclude each other
          a=1 & a=2                ~ 'a=1' and 'a=2' exclude each other
          a=1 & a=!1               ~ 'a=1' and 'a=!1' exclude each other
          a=12 & a=2*              ~ 'a=12' and 'a=2*' exclude each other
          ab & !a*                 ~ 'ab' and '!a*' exclude each other
          a & !*                   ~ 'a' and '!*' exclude each other
          a=1 & !(a=1)             ~ 'a=1' and '!(a=1)' exclude each other
          a=12 & !(a=1*)           ~ 'a=12' and '!(a=1*)' exclude each other
          a & !a=1                 ~ 'a' and '!a=1' exclude each other
          b=2 & !a=1               ~ 'b=2' and '!a=1' exclude each other
          a=!*                     ~ 'a=!*' can match no tag
          (a|b) & !a & !b          ~ 'a' and '!a' exclude each other
          a & b & (c=1 | c=2) & c=3 ~ 'c=1' and 'c=3' exclude each other
          """)
  void whatExcludesItselfIsNamed(String filter, String why) {
    assertThat(TagFilter.parse(filter).contradiction()).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a & !b",
        "a=1 & a=1*",
        "a|!a",
        "(a & !a) | b",
        "a* & !ab",
        "a & !(a=1)",
        "!a & !b",
        "a=1* & a=*2",
        "!a=1 & !b=1",
        "!(a & !a)",
        "*=1 & *=2",
        "a*=1 & a*=2"
      })
  void whatCanMatchIsNot(String filter) {
    assertThat(TagFilter.parse(filter).contradiction()).isEmpty();
  }

  @Test
  void whatMatchesEverythingIsNone() {
    assertThat(TagFilter.any().contradiction()).isEmpty();
  }

  @Test
  void aFilterWithVeryManyAlternativesIsNotLookedAt() {
    assertThat(TagFilter.parse("(a|b)&".repeat(50) + "!a&!b").contradiction()).isEmpty();
  }

  /** What is said to match nothing matches none of all small sets of tags. */
  @Test
  void neverWrong() {
    Random random = new Random(5);
    List<Map<String, String>> all = new ArrayList<>(List.of(Map.of()));
    for (String name : List.of("a", "b", "ab")) {
      for (Map<String, String> known : List.copyOf(all)) {
        for (String value : List.of("1", "2", "12", "")) {
          Map<String, String> more = new java.util.HashMap<>(known);
          more.put(name, value);
          all.add(more);
        }
      }
    }
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      TagFilter filter = TagFilter.parse(expression(random, 2));
      if (filter.contradiction().isPresent()) {
        found++;
        assertThat(all).as("%s", filter).noneMatch(filter::matches);
      }
    }
    assertThat(found).isGreaterThan(1_000);
  }

  private static String expression(Random random, int depth) {
    StringBuilder text = new StringBuilder(operand(random, depth));
    for (int n = random.nextInt(3); n > 0; n--) {
      text.append(pick(random, "&", "|", "&")).append(operand(random, depth));
    }
    return text.toString();
  }

  private static String operand(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      return pick(random, "", "!") + "(" + expression(random, depth - 1) + ")";
    }
    String value = pick(random, "", "=1", "=!1", "=1*", "=*2", "=!*", "=12");
    return pick(random, "", "!") + pick(random, "a", "b", "a*", "ab") + value;
  }

  private static String pick(Random random, String... texts) {
    return List.of(texts).get(random.nextInt(texts.length));
  }
}
