package io.opsautomator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OneLineTest {
  @Test
  void anOrdinaryTextStaysAsItIs() {
    assertThat(OneLine.of("Größe 5 → 7, 日本, 👩‍💻")).isEqualTo("Größe 5 → 7, 日本, 👩‍💻");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, '\n', '\r', '\t', 0x1b, 0x7f, 0x85, 0x9b, 0x2028, 0x2029, 0xd800, 0x202e, 0x2066})
  void whatEndsALineDrivesATerminalOrTurnsTheTextBecomesABlank(int harmful) {
    String text = "before" + Character.toString(harmful) + "after";

    assertThat(OneLine.of(text)).isEqualTo("before after");
  }

  @Test
  void anyTextHasOneLineAndAsManyCharactersAsBefore() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      String text =
          random
              .ints(20, 0, 0x3000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      assertThat(OneLine.of(text)).doesNotContainPattern("[\\p{Cc}\\u2028\\u2029]");
      assertThat(OneLine.of(text).codePoints().count()).isEqualTo(text.codePoints().count());
    }
  }
}
