package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTermsTest {
  private final SessionTerms terms = SessionTerms.DEFAULT;

  @Test
  void aNameSaysWhichDeploymentAndWhichWorkerItIs() {
    assertThat(terms.namedAfter("prod", "ip-10-0-0-7/42").name()).isEqualTo("prod@ip-10-0-0-7-42");
    assertThat(terms.namedAfter("büro ost", "2026/03/02/[$LATEST]0a1b").name())
        .isEqualTo("b-ro-ost@2026-03-02-LATEST-0a1b");
    assertThat(terms.namedAfter("d".repeat(60), "w".repeat(60)).name())
        .isEqualTo("d".repeat(32) + "w".repeat(32));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "with space", "with/slash", "ünder"})
  void whatCannotBeASessionsNameIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> terms.named(name))
        .withMessage(
            "session name is '" + name + "'; it must be 2 to 64 letters, digits and _+=,.@-");
  }

  @Test
  void limitsOfTagsPolicyAndLengthAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> terms.tagged("", "x"))
        .withMessageContaining("key of a session tag is ''");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> terms.tagged("team", "a;b"))
        .withMessageContaining("value of the session tag team is 'a;b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> terms.bounded("x".repeat(2049)))
        .withMessageContaining("2049");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> terms.lasting(Duration.ofMinutes(14)))
        .withMessageContaining("PT14M");
    SessionTerms many = terms;
    for (int i = 0; i < 50; i++) {
      many = many.tagged("key" + i, "v");
    }
    SessionTerms full = many;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full.tagged("one", "more"))
        .withMessageContaining("at most 50");
  }
}
