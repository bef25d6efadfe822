package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TagChangesTest {
  @Test
  void d13_theRemovalMarkerRemovesAndIsNeverAValue() {
    assertThat(TagChanges.of(Map.of("A", "1", "B", "{delete}")))
        .isEqualTo(new TagChanges(Map.of("A", "1"), Set.of("B")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TagChanges(Map.of("B", "{delete}"), Set.of()))
        .withMessageContaining("B");
  }

  @Test
  void namesThatAwsReservesAreNeverWritten() {
    assertThat(TagChanges.of(Map.of("aws:x", "1", "AWS:y", "{delete}"))).isEqualTo(TagChanges.NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TagChanges(Map.of(), Set.of("aws:x")))
        .withMessageContaining("aws:x");
  }

  @Test
  void aNameIsSetOrRemovedButNotBoth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TagChanges(Map.of("A", "1", "B", "2"), Set.of("A")))
        .withMessageContaining("[A]");
  }

  @Test
  void tellsTheTagsAfterwards() {
    TagChanges changes = new TagChanges(Map.of("A", "2", "N", "3"), Set.of("B", "Z"));

    assertThat(changes.applyTo(Map.of("A", "1", "B", "1", "C", "1")))
        .isEqualTo(Map.of("A", "2", "C", "1", "N", "3"));
  }

  @Test
  void tellsWhatReallyChanges() {
    TagChanges changes = new TagChanges(Map.of("A", "1", "N", "3"), Set.of("B", "Z"));

    assertThat(changes.effectiveOn(Map.of("A", "1", "B", "1")))
        .isEqualTo(new TagChanges(Map.of("N", "3"), Set.of("B")));
    assertThat(TagChanges.NONE.isEmpty()).isTrue();
    assertThat(changes.isEmpty()).isFalse();
  }
}
