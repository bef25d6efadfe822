package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AmountTest {
  @Test
  void isANumberOrAPercentage() {
    assertThat(Amount.parse("10")).isEqualTo(new Amount(10, false));
    assertThat(Amount.parse(" 25% ")).isEqualTo(new Amount(25, true));
    assertThat(Amount.parse("007")).hasToString("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "0", "0%", "101%", "-1", "+1", "1.5", "1.5%", "%", "5 %", "5%%", "٣"})
  void anythingElseIsRefusedSayingWhatIsAllowed(String text) {
    assertThatThrownBy(() -> Amount.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "is neither a whole number of at least 1, such as 10, nor a percentage from 1% to 100%")
        .hasMessageStartingWith("'");
  }

  @Test
  void aNumberTooLongIsRefusedLikeAnyOtherText() {
    assertThatThrownBy(() -> Amount.parse("12345678901234567890"))
        .hasMessageStartingWith("'12345678901234567890' is neither");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 3, 10",
    "25%, 100, 25",
    "25%, 7, 1",
    "25%, 3, 0",
    "100%, 3, 3",
    "1%, 99, 0",
    "100%, 2147483647, 2147483647",
    "99%, 2147483647, 2126008810",
    "50%, 0, 0"
  })
  void aPercentageIsRoundedDownAndANumberIsItself(String amount, int total, int expected) {
    assertThat(Amount.parse(amount).of(total)).isEqualTo(expected);
  }

  @Test
  void whatItPrintsIsWhatItReads() {
    Random random = new Random(11);
    for (int i = 0; i < 1000; i++) {
      Amount amount = any(random);
      assertThat(Amount.parse(amount.toString())).isEqualTo(amount);
    }
  }

  @Test
  void aPercentageIsExactForAnyTotalAndNeverMoreThanIt() {
    Random random = new Random(12);
    for (int i = 0; i < 10_000; i++) {
      int percent = 1 + random.nextInt(100);
      int total = random.nextInt() & Integer.MAX_VALUE;
      int exact =
          BigInteger.valueOf(total)
              .multiply(BigInteger.valueOf(percent))
              .divide(BigInteger.valueOf(100))
              .intValueExact();
      assertThat(new Amount(percent, true).of(total)).isEqualTo(exact).isBetween(0, total);
    }
  }

  static Amount any(Random random) {
    boolean percent = random.nextBoolean();
    return new Amount(1 + random.nextInt(percent ? 100 : 999_999_999), percent);
  }
}
