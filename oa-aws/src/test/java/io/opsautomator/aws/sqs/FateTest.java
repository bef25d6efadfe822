package io.opsautomator.aws.sqs;

import static io.opsautomator.aws.sqs.Received.NOON;
import static io.opsautomator.aws.sqs.Received.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.sqs.Fate.Hidden;
import io.opsautomator.aws.sqs.Fate.Renewed;
import io.opsautomator.aws.sqs.SqsQueues.Role;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FateTest {
  private static ReceivedMessage received(Role from, int receipts, Instant sentAt) {
    return Received.of(from, Envelope.of(start(1)), receipts, sentAt);
  }

  private static Fate putBack(Role from, int receipts, Duration after) {
    return Fate.putBack(received(from, receipts, NOON), after, NOON);
  }

  @Test
  void whatIsPutBackIsTheSameMessageHidden() {
    Duration hours = Duration.ofHours(11);
    assertThat(putBack(Role.WORK, 1, hours)).isEqualTo(new Hidden(hours));
    assertThat(putBack(Role.CHECKS, 400, Duration.ZERO)).isEqualTo(new Hidden(Duration.ZERO));
  }

  @Test
  void onPurposeItIsPutBackAnyNumberOfTimesAndNeverBecomesADeadLetter() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(putBack(Role.WORK, 9, minute)).isEqualTo(new Hidden(minute));
    assertThat(putBack(Role.WORK, 10, minute)).isEqualTo(new Renewed(minute));
    assertThat(putBack(Role.CHECKS, 500, minute)).isEqualTo(new Renewed(minute));
  }

  @Test
  void forLongerThanSqsHidesItIsRenewed() {
    Duration day = Duration.ofDays(1);
    assertThat(putBack(Role.CHECKS, 1, day)).isEqualTo(new Renewed(day));
    ReceivedMessage early = received(Role.CHECKS, 1, NOON);
    Duration hours = Duration.ofHours(2);
    assertThat(Fate.putBack(early, hours, NOON.plus(Duration.ofHours(11))))
        .isEqualTo(new Renewed(hours));
  }

  @Test
  void anOldOneIsRenewedBeforeSqsForgetsIt() {
    ReceivedMessage old = received(Role.CHECKS, 3, NOON.minus(Duration.ofDays(8)));
    assertThat(Fate.putBack(old, Duration.ofMinutes(5), NOON))
        .isEqualTo(new Renewed(Duration.ofMinutes(5)));
  }

  @Test
  void aDeadLetterIsNeverMadeAlive() {
    Duration day = Duration.ofDays(1);
    assertThat(putBack(Role.DEAD, 2_000, day)).isInstanceOf(Hidden.class);
  }

  @Test
  void failuresCountAndPauseForLongerEachTime() {
    Duration sum = Duration.ZERO;
    for (int receipts = 1; receipts < Role.WORK.receives(); receipts++) {
      Fate fate = Fate.failed(received(Role.WORK, receipts, NOON), NOON);
      assertThat(fate).isInstanceOf(Hidden.class);
      sum = sum.plus(((Hidden) fate).pause());
    }
    assertThat(Fate.failed(received(Role.WORK, 1, NOON), NOON))
        .isEqualTo(new Hidden(Duration.ofSeconds(1)));
    assertThat(Fate.failed(received(Role.WORK, 100, NOON), NOON))
        .isEqualTo(new Hidden(Fate.LONGEST_PAUSE));
    assertThat(sum).as("until it is dead").isGreaterThan(Duration.ofHours(2));
  }

  @Test
  void nothingIsHiddenForLongerThanSqsAllows() {
    ReceivedMessage message = received(Role.WORK, 1, NOON);
    Instant nextYear = NOON.plus(Duration.ofDays(365));
    Fate fate = Fate.early(message, nextYear, NOON.plus(Duration.ofHours(1)));
    assertThat(((Hidden) fate).pause()).isLessThan(Duration.ofHours(11));
  }
}
