package io.opsautomator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InvalidExpressionExceptionTest {
  @Test
  void putsACaretUnderTheFault() {
    var fault = new InvalidExpressionException("0 25 * * *", 2, "hour 25 is not in 0-23");

    assertThat(fault).hasMessage("hour 25 is not in 0-23\n0 25 * * *\n  ^");
    assertThat(fault.expression()).isEqualTo("0 25 * * *");
    assertThat(fault.column()).isEqualTo(2);
    assertThat(fault.problem()).isEqualTo("hour 25 is not in 0-23");
  }

  @Test
  void pointsBehindTheEndWhenSomethingIsMissing() {
    assertThat(new InvalidExpressionException("A&", 2, "a tag is missing"))
        .hasMessage("a tag is missing\nA&\n  ^");
    assertThat(new InvalidExpressionException("A&", 9, "a tag is missing").column()).isEqualTo(2);
  }

  @Test
  void controlCharactersDoNotMoveTheCaret() {
    assertThat(new InvalidExpressionException("a\n\tb", 3, "stray b"))
        .hasMessage("stray b\na  b\n   ^");
  }

  @Test
  void keepsItsCause() {
    var cause = new IllegalStateException("other parser");
    assertThat(new InvalidExpressionException("x", 0, "bad", cause)).hasCause(cause);
  }
}
