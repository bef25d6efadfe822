package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.resource.Scope;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallMeterTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Subject NIGHTLY = Subject.task(new TaskName("nightly"));
  private static final Subject WEEKLY = Subject.task(new TaskName("weekly"));

  private final List<AuditEvent> reported = new ArrayList<>();
  private Instant now = NOON;
  private Optional<String> task = Optional.of("nightly");
  private final CallMeter meter = new CallMeter(() -> now, reported::add, () -> task);

  private void call(String outcome, boolean mutating) {
    Scope scope = Scope.of("111122223333", "eu-west-1");
    meter.called(new AwsCall("ec2", "DescribeInstances", mutating, mutating, scope, outcome));
  }

  @Test
  void aMinuteIsReportedOnceForEachTaskWhenItIsOver() {
    call(AwsCall.OK, false);
    call(AwsCall.OK, true);
    now = NOON.plusSeconds(59);
    call("RequestLimitExceeded", false);
    task = Optional.of("weekly");
    call("AccessDenied", false);
    assertThat(reported).isEmpty();

    now = NOON.plusSeconds(60);
    call(AwsCall.OK, false);

    assertThat(reported)
        .containsExactly(
            new AuditEvent.Called(NOON, NIGHTLY, 3, 1, 1),
            new AuditEvent.Called(NOON, WEEKLY, 1, 0, 0));
  }

  @Test
  void theLastMinuteIsReportedOnceWhenItIsClosed() {
    call(AwsCall.OK, false);

    meter.close();
    meter.close();

    assertThat(reported).containsExactly(new AuditEvent.Called(NOON, NIGHTLY, 1, 0, 0));
  }

  @Test
  void aCallOfAThreadThatLookedAtTheClockEarlierIsNotLost() {
    now = NOON.plusSeconds(60);
    call(AwsCall.OK, false);
    now = NOON.plusSeconds(59);
    call(AwsCall.OK, false);
    meter.close();

    assertThat(reported)
        .containsExactly(new AuditEvent.Called(NOON.plusSeconds(60), NIGHTLY, 2, 0, 0));
  }

  @Test
  void whatWasRefusedBeforeItBecameACallIsNone() {
    call(AwsCall.REFUSED_BY_GUARD, true);
    task = Optional.empty();
    call(AwsCall.OK, false);
    meter.close();

    assertThat(reported).isEmpty();
  }
}
