package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentTest {
  private final List<String> made = new ArrayList<>();

  private String make(String key) {
    made.add(key);
    if (key.equals("bad") && made.size() == 1) {
      throw new IllegalStateException("not yet");
    }
    return key.toUpperCase(java.util.Locale.ROOT);
  }

  @Test
  void keepsWhatWasUsedLast() {
    Recent<String, String> recent = new Recent<>(2, this::make);

    assertThat(List.of(recent.get("a"), recent.get("b"), recent.get("a"), recent.get("c")))
        .containsExactly("A", "B", "A", "C");
    assertThat(recent.size()).isEqualTo(2);
    assertThat(recent.get("a")).isEqualTo("A");
    assertThat(made).containsExactly("a", "b", "c");
  }

  @Test
  void whatCouldNotBeMadeIsTriedAgain() {
    Recent<String, String> recent = new Recent<>(2, this::make);

    assertThatIllegalStateException().isThrownBy(() -> recent.get("bad"));
    assertThat(recent.get("bad")).isEqualTo("BAD");
  }
}
