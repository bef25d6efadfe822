package io.opsautomator.text;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.TagChanges;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TagTemplateTest {
  private static TagChanges fill(String list) {
    return TagTemplate.parse(list).fill(TemplateFixtures.utc().with("x", List.of("p", "q")));
  }

  @Test
  void answersTheCompatibilityVector() {
    TagChanges changes =
        fill("a={date},b={x},{task}-k={iso-datetime},c=1,2,3,d=,e={delete},f={missing},nokey");

    assertThat(changes.set())
        .containsExactly(
            entry("a", "20200102"),
            entry("b", "p,q"),
            entry("T1-k", "2020-01-02T03:04:05+00:00"),
            entry("c", "1,2,3"),
            entry("d", ""),
            entry("f", "{missing},nokey"));
    assertThat(changes.remove()).containsExactly("e");
  }

  @Test
  void whatHasNoEqualsSignBelongsToTheValueBefore() {
    assertThat(fill("a=b, c, d=e").set()).isEqualTo(Map.of("a", "b,c", "d", "e"));
    assertThat(fill("lost, too, a=b=c , d =  e ").set()).isEqualTo(Map.of("a", "b=c", "d", "e"));
    assertThat(fill("just text")).isEqualTo(TagChanges.NONE);
    assertThat(fill("  ")).isEqualTo(TagChanges.NONE);
  }

  @Test
  void theLastOfTagsWithOneNameCounts() {
    assertThat(fill("a=1,{task}=2,a=3,T1=4").set()).isEqualTo(Map.of("a", "3", "T1", "4"));
    assertThat(fill("a=1,a={delete}")).isEqualTo(new TagChanges(Map.of(), Set.of("a")));
    assertThat(fill("a={delete},a=1")).isEqualTo(new TagChanges(Map.of("a", "1"), Set.of()));
  }

  @Test
  void d13_aRemovalIsNeverWrittenAsAValueWhoeverAskedForIt() {
    TagTemplate template = TagTemplate.parse("a={v},b={ssm:d},c= {delete} ");
    Placeholders placeholders =
        TemplateFixtures.utc().with("v", "{delete}").parameters(names -> Map.of("d", "{delete}"));

    assertThat(template.fill(placeholders, Cleaning.RESTRICTED))
        .isEqualTo(new TagChanges(Map.of(), Set.of("a", "b", "c")));
  }

  @Test
  void namesThatAwsReservesAreLeftOut() {
    assertThat(fill("aws:a=1,AWS:b={delete},{missing}aws:c=3").set())
        .isEqualTo(Map.of("{missing}aws:c", "3"));
  }

  @Test
  void aCommaInAPlaceholdersValueStartsNoTag() {
    TagTemplate template = TagTemplate.parse("a={v}");

    assertThat(template.fill(TemplateFixtures.utc().with("v", "1,b=2")).set())
        .isEqualTo(Map.of("a", "1,b=2"));
  }

  @Test
  void cleansNamesAndValues() {
    TagTemplate template = TagTemplate.parse("a(b)=c;d");

    assertThat(template.fill(TemplateFixtures.utc(), Cleaning.RESTRICTED).set())
        .isEqualTo(Map.of("a b", "c d"));
  }

  @Test
  void aTagNeedsAName() {
    assertThatThrownBy(() -> TagTemplate.parse("a=b, =c"))
        .isInstanceOfSatisfying(
            InvalidExpressionException.class, e -> assertThat(e.column()).isEqualTo(5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagTemplate.parse("{v}=1").fill(TemplateFixtures.utc().with("v", " ")))
        .withMessageContaining("{v}");
  }

  @Test
  void namesItsPlaceholdersAndIsEqualByText() {
    TagTemplate template = TagTemplate.parse("{a}={b}");

    assertThat(template.placeholders()).containsExactlyInAnyOrder("a", "b");
    assertThat(template)
        .isEqualTo(TagTemplate.parse("{a}={b}"))
        .hasSameHashCodeAs(TagTemplate.parse("{a}={b}"))
        .isNotEqualTo(TagTemplate.parse("{a}={c}"))
        .hasToString("{a}={b}");
  }

  @Test
  void anyTextIsAListOrTellsItsFault() {
    Random random = new Random(9);
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(14); length > 0; length--) {
        text.append("ab,,== {}".charAt(random.nextInt(9)));
      }
      try {
        assertThat(fill(text.toString()).remove()).isEmpty();
        accepted++;
      } catch (InvalidExpressionException e) {
        assertThat(text.charAt(e.column())).isEqualTo('=');
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }
}
