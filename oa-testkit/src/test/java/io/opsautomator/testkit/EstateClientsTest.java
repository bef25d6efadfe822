package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The estate behind the same guard as AWS. */
final class EstateClientsTest {
  private final VirtualTime time = VirtualTime.startingAt("2026-03-01T00:00:00Z");
  private final Estate estate = Estate.at(time);

  private record Caller(VirtualTime time, Scope scope, boolean mayMutate) implements Invocation {
    @Override
    public Deadline deadline() {
      return new Deadline(time.instant().plus(Duration.ofMinutes(5)), time);
    }

    @Override
    public Caller in(Scope elsewhere) {
      return new Caller(time, elsewhere, mayMutate);
    }
  }

  @Test
  void writesDownWhetherAnEffectWasCalling() {
    estate.instance("i-1", "t3.micro", Map.of());
    client(false).describeInstances();
    client(true).stopInstances(r -> r.instanceIds("i-1"));
    assertThat(estate.calls()).extracting(Call::insideEffect).containsExactly(false, true);
    assertThat(estate.calls()).extracting(Call::mutating).containsExactly(false, true);
  }

  @Test
  void neverSeesAChangeThatTheGuardRefused() {
    estate.instance("i-1", "t3.micro", Map.of());
    assertThatThrownBy(() -> client(false).stopInstances(r -> r.instanceIds("i-1")));
    assertThat(estate.calls()).isEmpty();
  }

  @Test
  void refusesAsTheServiceDoes() {
    assertThatThrownBy(() -> client(true).stopInstances(r -> r.instanceIds("i-1")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidInstanceID.NotFound"));
    estate.in(Estate.HOME).stoppedInstance("i-2", "m5.large", Map.of());
    estate.faults().noCapacityFor("m5.large");
    assertThatThrownBy(() -> client(true).startInstances(r -> r.instanceIds("i-2")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.code()).isEqualTo("InsufficientInstanceCapacity"));
  }

  @Test
  void throttlesAndLosesAnswersAsTheServiceDoes() {
    estate.instance("i-1", "t3.micro", Map.of());
    estate.faults().throttleNext(1);
    assertTransient(TransientException.Kind.THROTTLED);
    estate.faults().failNext("StopInstances");
    assertTransient(TransientException.Kind.IN_DOUBT);
    estate.faults().loseNextAnswer("StopInstances");
    assertTransient(TransientException.Kind.IN_DOUBT);
    assertThat(estate.picture()).contains("stopping");
  }

  private void assertTransient(TransientException.Kind kind) {
    assertThatThrownBy(() -> client(true).stopInstances(r -> r.instanceIds("i-1")))
        .isInstanceOfSatisfying(
            TransientException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private Ec2Client client(boolean mayMutate) {
    return estate.clients().client(Ec2Client.class, new Caller(time, Estate.HOME, mayMutate));
  }
}
