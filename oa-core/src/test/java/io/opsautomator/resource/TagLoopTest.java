package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TagLoopTest {
  private static final String LIST = TaskList.DEFAULT_TAG;

  private static boolean loops(String filter, Map<String, String> current, TagChanges changes) {
    return TagLoop.reason(TagFilter.parse(filter), current, changes).isPresent();
  }

  private static TagChanges set(String name, String value) {
    return new TagChanges(Map.of(name, value), Set.of());
  }

  private static TagChanges remove(String name) {
    return new TagChanges(Map.of(), Set.of(name));
  }

  @Test
  void aChangedTagOfTheFilterThatStillMatchesLoops() {
    assertThat(loops("State=*", Map.of("State", "a"), set("State", "b"))).isTrue();
    assertThat(loops("State=a", Map.of("State", "a"), set("State", "b"))).isFalse();
  }

  @Test
  void aTagTheFilterDoesNotLookAtIsHarmless() {
    assertThat(loops("State=a", Map.of("State", "a"), set("Done", "yes"))).isFalse();
  }

  @Test
  void whatDoesNotChangeIsHarmless() {
    assertThat(loops("State=a", Map.of("State", "a"), set("State", "a"))).isFalse();
    assertThat(loops("!Gone", Map.of(), remove("Gone"))).isFalse();
    assertThat(loops("*", Map.of(), TagChanges.NONE)).isFalse();
  }

  @Test
  void d71_removedTagsCount() {
    assertThat(loops("!Busy", Map.of("Busy", "1"), remove("Busy"))).isTrue();
    assertThat(loops("!(Busy=1)", Map.of("Busy", "1"), remove("Busy"))).isTrue();
  }

  @Test
  void d71_namesWithWildcardsNegationsAndRegularExpressionsCount() {
    assertThat(loops("Sta*=b", Map.of(), set("State", "b"))).isTrue();
    assertThat(loops("\\St.te=b", Map.of(), set("State", "b"))).isTrue();
    assertThat(loops("!State|X", Map.of("X", "1"), set("State", "b"))).isTrue();
    assertThat(loops("!A=b", Map.of("State", "a"), set("State", "b"))).isTrue();
    assertThat(loops("*", Map.of(), set("State", "b"))).isTrue();
    assertThat(TagLoop.reason(TagFilter.any(), Map.of(), set("State", "b"))).isPresent();
  }

  @Test
  void d71_theReasonNamesTagAndFilterInThatOrder() {
    assertThat(TagLoop.reason(TagFilter.parse("S*"), Map.of(), set("S1", "b")))
        .contains(
            "changing S1 leaves tags that the task's own filter S* matches, so it would run again");
  }

  @Test
  void withoutAFilterAChangedTaskListThatNamesTheTaskLoops() {
    Map<String, String> current = Map.of(LIST, "a");

    assertThat(TagLoop.reason(LIST, "b", current, set(LIST, "a,b"))).isPresent();
    assertThat(TagLoop.reason(LIST, "a", current, set(LIST, "a b"))).isPresent();
    assertThat(TagLoop.reason(LIST, "c", current, set(LIST, "a,b"))).isEmpty();
    assertThat(TagLoop.reason(LIST, "a", current, set(LIST, "a"))).isEmpty();
    assertThat(TagLoop.reason(LIST, "a", current, set("Other", "a"))).isEmpty();
    assertThat(TagLoop.reason(LIST, "a", current, remove(LIST))).isEmpty();
  }
}
