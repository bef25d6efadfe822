package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.resource.Exclusion.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TagFilterExplainTest {
  private static Map<String, String> tags(String text) {
    return text.equals("-")
        ? Map.of()
        : Arrays.stream(text.split(";"))
            .map(tag -> tag.split("=", 2))
            .collect(Collectors.toMap(tag -> tag[0], tag -> tag[1]));
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          backup               ~ -            ~ lacks the tag backup
          backup=yes           ~ -            ~ lacks the tag backup
          Env=prod             ~ Env=dev      ~ does not have Env=prod (Env=dev)
          Env=!prod            ~ Env=prod     ~ does not have Env=!prod (Env=prod)
          Env=prod*            ~ Env=dev      ~ does not have Env=prod* (Env=dev)
          Env=\\^pr.d$         ~ Env=dev      ~ does not have Env=\\^pr.d$ (Env=dev)
          ops*                 ~ Env=dev      ~ has no tag like ops*
          ops*=x               ~ opsA=1;opsB=2 ~ does not have ops*=x (opsA=1, opsB=2)
          \\op[0-9]=x          ~ Env=dev      ~ has no tag like \\op[0-9]
          A=!*                 ~ A=1          ~ cannot match A=!*: no value differs from all
          !keep                ~ keep=yes     ~ has the tag keep, which is not wanted (keep=yes)
          !ops*                ~ opsA=1       ~ has a tag like ops*, which is not wanted (opsA=1)
          !A=B                 ~ C=D          ~ has a tag that !A=B does not allow: it wants the same value of all other tags (C=D)
          !(A=B)               ~ A=B          ~ matches A=B, which is not wanted
          !(A=B&C)             ~ A=B;C=1      ~ matches A=B & C, which is not wanted
          a&b                  ~ a=1          ~ lacks the tag b
          a&b                  ~ b=1          ~ lacks the tag a
          a&b&c                ~ a=1          ~ lacks the tag b
          a|b                  ~ -            ~ matches neither a nor b (lacks the tag a; lacks the tag b)
          a|b|c=1              ~ c=2          ~ matches none of a, b, c=1 (lacks the tag a; lacks the tag b; does not have c=1 (c=2))
          a|b&c                ~ a=1          ~ lacks the tag c
          a&b|c                ~ a=1          ~ matches neither b nor c (lacks the tag b; lacks the tag c)
          a&(b|c)              ~ a=1          ~ matches neither b nor c (lacks the tag b; lacks the tag c)
          a&!(b|c=%*)          ~ a=1;b=2      ~ matches b | c=*, which is not wanted
          Env=prod & (!Owner|Owner=ops*) ~ Env=prod;Owner=me ~ matches neither !Owner nor Owner=ops* (has the tag Owner, which is not wanted (Owner=me); does not have Owner=ops* (Owner=me))
          """)
  void namesTheFirstPartThatFails(String filter, String tags, String told) {
    TagFilter parsed = TagFilter.parse(filter);
    assertThat(parsed.explain(tags(tags)).orElseThrow()).hasToString(told);
    assertThat(parsed.explain(tags(tags)).orElseThrow().kind()).isEqualTo(Kind.TAG_FILTER);
  }

  @Test
  void whatMatchesNeedsNoExplanation() {
    assertThat(TagFilter.parse("a|b").explain(Map.of("b", ""))).isEmpty();
    assertThat(TagFilter.any().explain(Map.of())).isEmpty();
  }

  @Test
  void resourcesWithOtherValuesAreLeftOutByTheSameWords() {
    TagFilter filter = TagFilter.parse("Env=prod");
    assertThat(filter.explain(Map.of("Env", "dev")).orElseThrow().words())
        .isEqualTo(filter.explain(Map.of("Env", "test")).orElseThrow().words());
  }

  @Test
  void theWordsCanBeCounted() {
    assertThat(Exclusion.counted(41, "lacks the tag backup")).isEqualTo("41 lack the tag backup");
    assertThat(Exclusion.counted(3, "is on the deny list")).isEqualTo("3 are on the deny list");
    assertThat(Exclusion.counted(1, "has opted out")).isEqualTo("1 has opted out");
    assertThat(Exclusion.counted(2, "stopped")).isEqualTo("2 stopped");
  }

  @Test
  void longWordsAreCut() {
    Exclusion why = Exclusion.of(Kind.ACTION, "is " + "x".repeat(500));
    assertThat(why.words()).hasSize(200).endsWith("x…");
    assertThat(Exclusion.of(Kind.ACTION, "x".repeat(198) + "😀😀😀").words())
        .isEqualTo("x".repeat(198) + "…");
  }

  /** Whatever the filter, there is a reason if and only if it does not match. */
  @Test
  void thereIsAReasonExactlyWhereNothingMatches() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      TagFilter filter = TagFilter.parse(expression(random, 3));
      Map<String, String> tags = new HashMap<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        tags.put(pick(random, "a", "b", "ab"), pick(random, "1", "2", "12"));
      }
      assertThat(filter.explain(tags).isEmpty())
          .as("%s on %s", filter, tags)
          .isEqualTo(filter.matches(tags));
    }
  }

  private static String expression(Random random, int depth) {
    StringBuilder text = new StringBuilder(operand(random, depth));
    for (int n = random.nextInt(4); n > 0; n--) {
      text.append(pick(random, "&", "|")).append(operand(random, depth));
    }
    return text.toString();
  }

  private static String operand(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      return pick(random, "", "!") + "(" + expression(random, depth - 1) + ")";
    }
    String value = pick(random, "", "=1", "=!1", "=1*", "=*2", "=!*");
    return pick(random, "", "!") + pick(random, "a", "b", "a*", "\\b") + value;
  }

  private static String pick(Random random, String... texts) {
    return List.of(texts).get(random.nextInt(texts.length));
  }
}
