package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.TransientException.Kind;
import io.opsautomator.task.RetryPolicy.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of retries, and what is told about bad ones in a task file. */
final class RetryPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static Rule any(Random random) {
    long first = 1 + random.nextInt(random.nextBoolean() ? 3_600_000 : 5_000);
    long longest = first + random.nextLong(3_600_000 - first + 1);
    return new Rule(
        random.nextInt(1001),
        Duration.ofMillis(first),
        Duration.ofMillis(longest),
        random.nextBoolean());
  }

  @Test
  void everyPauseDoublesUpToTheLongestAndJitterTakesAtMostHalfOfIt() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      Rule rule = any(random);
      long full = rule.first().toMillis();
      for (int failures = 1; failures < 40; failures++) {
        long pause = rule.pause(failures, random).toMillis();
        if (rule.jitter()) {
          assertThat(pause).as("%s %s", rule, failures).isBetween(full / 2, full);
        } else {
          assertThat(pause).as("%s %s", rule, failures).isEqualTo(full);
        }
        full = Math.min(2 * full, rule.longest().toMillis());
      }
      assertThat(rule.pause(Integer.MAX_VALUE, random)).isLessThanOrEqualTo(rule.longest());
    }
  }

  @Test
  void thoseWhoFailedTogetherDoNotComeBackTogether() {
    Rule rule = new Rule(0, Duration.ofSeconds(10), HOUR, true);
    Random random = new Random(3);
    assertThat(random.ints(50).mapToObj(any -> rule.pause(1, random)).distinct().count())
        .isGreaterThan(40);
  }

  @Test
  void attemptsAreCountedWithTheFirstOne() {
    assertThat(List.of(1, 2, 3, 4)).filteredOn(RetryPolicy.DEFAULT.refused()::goesOn).hasSize(2);
    Rule once = RetryPolicy.DEFAULT.throttled().attempts(1);
    assertThat(once.goesOn(1)).isFalse();
    assertThat(RetryPolicy.DEFAULT.throttled().goesOn(1_000_000)).isTrue();
  }

  @Test
  void byDefaultNothingThatWasAnsweredIsAskedAgain() {
    assertThat(RetryPolicy.DEFAULT.of("Throttling")).isEmpty();
    assertThat(RetryPolicy.DEFAULT.of(Kind.THROTTLED).first()).isEqualTo(Duration.ofSeconds(2));
    assertThat(RetryPolicy.DEFAULT.of(Kind.IN_DOUBT).first()).isEqualTo(SECOND);
  }

  @Test
  void whatIsOutOfRangeIsRefusedByName() {
    assertThatThrownBy(() -> new Rule(1001, SECOND, HOUR, true)).hasMessageContaining("'1001'");
    assertThatThrownBy(() -> new Rule(0, Duration.ZERO, HOUR, true)).hasMessageContaining("first");
    assertThatThrownBy(() -> new Rule(0, SECOND, Duration.ZERO, true))
        .hasMessageContaining("longest: 'PT0S'");
    assertThatThrownBy(() -> new Rule(0, SECOND, HOUR.plusMillis(1), true))
        .hasMessageContaining("1 hour");
    assertThatThrownBy(() -> RetryPolicy.DEFAULT.refused(RetryPolicy.DEFAULT.refused(), "a b"))
        .hasMessageContaining("'a b'");
  }

  // -- In files -----------------------------------------------------------------------------------

  private static TaskFile.Parsed file(String retry) {
    return TaskFile.parse(
        "t.yaml", "tasks:\n  - name: t\n    action: A\n    retry: {" + retry + "}\n");
  }

  @Test
  void aFileNamesWhatDiffersFromTheDefault() {
    TaskFile.Parsed parsed =
        file(
            "throttled: {attempts: 20, longest: 5m}, inDoubt: {first: 10s, jitter: no},"
                + " refused: {first: 20m, codes: [InsufficientInstanceCapacity, ERR_BUSY]}");
    assertThat(parsed.problems()).isEmpty();
    RetryPolicy read = parsed.tasks().get(0).task().limits().retry();
    assertThat(read.throttled())
        .isEqualTo(new Rule(20, Duration.ofSeconds(2), Duration.ofMinutes(5), true));
    assertThat(read.inDoubt())
        .isEqualTo(new Rule(0, Duration.ofSeconds(10), Duration.ofMinutes(1), false));
    assertThat(read.refused())
        .isEqualTo(new Rule(3, Duration.ofMinutes(20), Duration.ofMinutes(20), true));
    assertThat(read.codes()).containsExactly("ERR_BUSY", "InsufficientInstanceCapacity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "throttle: {} ~ retry.throttle: is unknown; known: throttled, inDoubt, refused; did you"
            + " mean 'throttled'?",
        "throttled: 5 ~ retry.throttled: is a number; a map is wanted",
        "throttled: {attempt: 5} ~ retry.throttled.attempt: is unknown; known: attempts, first,"
            + " longest, jitter; did you mean 'attempts'?",
        "throttled: {attempts: many} ~ retry.throttled.attempts: 'many' is not a whole number",
        "throttled: {attempts: 5000} ~ retry.throttled: attempts: '5000' is not from 0 to 1000",
        "inDoubt: {first: soon} ~ retry.inDoubt.first: 'soon' is neither",
        "inDoubt: {longest: 2h} ~ retry.inDoubt: longest: 'PT2H' is not between",
        "inDoubt: {codes: [a]} ~ retry.inDoubt.codes: is unknown",
        "refused: {attempts: 5} ~ retry.refused: names no codes",
        "refused: {codes: ['a b']} ~ retry.refused.codes: 'a b' is not an error code",
      })
  void aBadFieldIsToldWithItsNameAndWhatIsAllowed(String retry, String problem) {
    assertThat(file(retry).problems())
        .singleElement()
        .asString()
        .startsWith("t.yaml:4:")
        .contains("tasks[0]." + problem);
  }
}
