package io.opsautomator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTemplateTest {
  private static String fill(String template, Placeholders placeholders) {
    return TextTemplate.parse(template).fill(placeholders);
  }

  @ParameterizedTest(name = "'{'{0}'}' is {1}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          account        ~ 111122223333
          region         ~ eu-west-1
          stack          ~ ops
          task           ~ T1
          task-id        ~ id-7
          task-tag       ~ OpsAutomatorTaskList
          date           ~ 20200102
          time           ~ 030405
          datetime       ~ 20200102030405
          iso-date       ~ 2020-01-02
          iso-time       ~ 03:04:05
          iso-datetime   ~ 2020-01-02T03:04:05+00:00
          iso-weekday    ~ 4
          year           ~ 2020
          month          ~ 01
          day            ~ 02
          hour           ~ 03
          minute         ~ 04
          second         ~ 05
          monthname      ~ Jan
          monthname-long ~ January
          weekday        ~ Thu
          weekday-long   ~ Thursday
          timezone       ~ UTC
          """)
  void knowsTheCommonPlaceholders(String name, String value) {
    assertThat(fill("{" + name + "}", TemplateFixtures.utc())).isEqualTo(value);
    assertThat(fill("<{" + name + "}>", TemplateFixtures.in("Z"))).isEqualTo("<" + value + ">");
  }

  @Test
  void timesAreInTheTasksZone() {
    assertThat(fill("{iso-datetime} {timezone} {weekday}", TemplateFixtures.in("America/New_York")))
        .isEqualTo("2020-01-01T22:04:05-05:00 EST Wed");
  }

  @Test
  void d60_commasAndEqualsSignsSurvive() {
    String text = "of {task}, a=b, c; d=e{date}";

    assertThat(fill(text, TemplateFixtures.utc())).isEqualTo("of T1, a=b, c; d=e20200102");
    assertThat(fill("just text", TemplateFixtures.utc())).isEqualTo("just text");
  }

  @Test
  void unknownPlaceholdersAndLooseBracesStay() {
    String text = "{} {missing} {task {ssm:x} } { {{task}} {a{task}}";

    assertThat(fill(text, TemplateFixtures.utc()))
        .isEqualTo("{} {missing} {task {ssm:x} } { {T1} {aT1}");
  }

  @Test
  void whatIsNotGivenIsEmpty() {
    Placeholders bare = Placeholders.at(Instant.EPOCH, ZoneOffset.UTC);

    assertThat(fill("[{account}{region}{stack}{task}{task-id}]", bare)).isEqualTo("[]");
  }

  @Test
  void valuesOfAnActionBecomeText() {
    Placeholders placeholders =
        TemplateFixtures.utc()
            .with("list", List.of("p", "q"))
            .with("map", Map.of("k", List.of(1, 2)))
            .with("none", Optional.empty())
            .with("some", Optional.of(7))
            .with("number", 1.5);

    assertThat(fill("{list} {map} [{none}] {some} {number}", placeholders))
        .isEqualTo("p,q {\"k\":[1,2]} [] 7 1.5");
  }

  @Test
  void commonPlaceholdersWinButTheActionSaysItsAccountAndRegion() {
    Placeholders placeholders =
        TemplateFixtures.utc().with("task", "x").with("date", "y").with("region", "us-east-1");

    assertThat(fill("{task} {date} {region}", placeholders)).isEqualTo("T1 20200102 us-east-1");
  }

  @Test
  void aPlaceholderNeedsANameThatCanBeWritten() {
    for (String name : List.of("", "a}b", "ssm:x", "delete")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TemplateFixtures.utc().with(name, "v"))
          .withMessageContaining(name);
    }
  }

  @Test
  void parametersAreLookedUpInOneGoAndOnlyWhenNamed() {
    List<Set<String>> asked = new ArrayList<>();
    Placeholders placeholders =
        TemplateFixtures.utc()
            .parameters(
                names -> {
                  asked.add(names);
                  return Map.of("/a/b", "1,2");
                });

    assertThat(fill("{task}", placeholders)).isEqualTo("T1");
    assertThat(asked).isEmpty();
    assertThat(fill("{ssm:/a/b} {ssm:none} {ssm:/a/b}", placeholders))
        .isEqualTo("1,2 {ssm:none} 1,2");
    assertThat(asked).containsExactly(Set.of("/a/b", "none"));
  }

  @Test
  void valuesAreNotLookedAtAgain() {
    Placeholders placeholders =
        TemplateFixtures.utc()
            .with("name", "{ssm:secret}{task}")
            .parameters(names -> Map.of("secret", "s3cret"));

    assertThat(fill("{name}", placeholders)).isEqualTo("{ssm:secret}{task}");
  }

  @Test
  void anyTextIsATemplateAndWithoutKnownPlaceholdersStaysAsItIs() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append("{}x,= ".charAt(random.nextInt(6)));
      }
      assertThat(fill(text.toString(), TemplateFixtures.utc())).isEqualTo(text.toString());
    }
  }

  @Test
  void namesItsPlaceholdersAndIsEqualByText() {
    TextTemplate template = TextTemplate.parse("{a} {b-c} {a}");

    assertThat(template.placeholders()).containsExactlyInAnyOrder("a", "b-c");
    assertThat(template)
        .isEqualTo(TextTemplate.parse("{a} {b-c} {a}"))
        .hasSameHashCodeAs(TextTemplate.parse("{a} {b-c} {a}"))
        .isNotEqualTo(TextTemplate.parse("{a}"))
        .hasToString("{a} {b-c} {a}");
  }

  @Test
  void cleaningReplacesOnlyWhatIsRejected() {
    assertThat(Cleaning.RESTRICTED.apply("a_.:+/=\\@-1 é,(b)\n😀"))
        .isEqualTo("a_.:+/=\\@-1 é  b   ");
    assertThat(Cleaning.NONE.apply("(,)\n")).isEqualTo("(,)\n");
  }

  @Test
  void textsOfAnExecutionShareTheirPlaceholders() {
    PlaceholderTexts texts = new PlaceholderTexts(TemplateFixtures.utc());

    assertThat(texts.with("id", "i-1").text("{id}, {task}")).isEqualTo("i-1, T1");
    assertThat(texts.with("id", "i-1").tags("v={id}/{task},o={delete}").set())
        .isEqualTo(Map.of("v", "i-1/T1"));
    assertThat(texts.text("{id}")).isEqualTo("{id}");
  }
}
