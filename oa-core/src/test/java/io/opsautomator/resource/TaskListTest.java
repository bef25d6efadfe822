package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TaskListTest {
  @Test
  void splitsAtCommasBlanksAndSlashes() {
    assertThat(TaskList.parse("a, b/c  d,,e;f").names()).containsExactly("a", "b", "c", "d", "e;f");
    assertThat(TaskList.parse("").names()).isEmpty();
    assertThat(TaskList.parse(" /, ").names()).isEmpty();
  }

  @Test
  void containsATaskByItsExactNameOnly() {
    TaskList list = TaskList.parse("nightly-backup,Weekly");

    assertThat(list.contains("nightly-backup")).isTrue();
    assertThat(list.contains("nightly")).isFalse();
    assertThat(list.contains("weekly")).isFalse();
  }
}
