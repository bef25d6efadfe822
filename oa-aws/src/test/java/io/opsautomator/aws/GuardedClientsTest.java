package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.TransientException;
import io.opsautomator.aws.budget.ApiBudgets;
import io.opsautomator.aws.budget.BudgetedCall;
import io.opsautomator.aws.budget.CallBudget;
import io.opsautomator.resource.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2AsyncClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;

final class GuardedClientsTest {
  private final StubHttp wire = StubHttp.always(200, "<Response/>");
  private final CallRecorder recorder = new CallRecorder();
  private final GuardedClients clients =
      new GuardedClients(new StubSource(wire)).listenedToBy(recorder);

  private Ec2Client outside() {
    return clients.client(Ec2Client.class, Callers.outsideOfEffects());
  }

  private Ec2Client inside() {
    return clients.client(Ec2Client.class, Callers.insideAnEffect());
  }

  @Test
  void readsPassInEveryShape() {
    outside().describeInstances();
    outside().describeInstances(request -> request.instanceIds("i-1"));
    outside().describeInstances(DescribeInstancesRequest.builder().build());
    outside().describeInstancesPaginator().reservations().forEach(reservation -> {});

    assertThat(wire.actions()).hasSize(4).containsOnly("DescribeInstances");
    assertThat(recorder.permissions()).containsExactly("ec2:DescribeInstances");
  }

  @Test
  void aChangeOutsideOfAnEffectIsRefusedInEveryShapeAndNeverSent() {
    Ec2Client ec2 = outside();

    assertThatThrownBy(() -> ec2.stopInstances(StopInstancesRequest.builder().build()))
        .isInstanceOf(PlanGuardException.class)
        .hasMessageContaining("ec2:StopInstances")
        .hasMessageContaining("put it into an effect");
    assertThatThrownBy(() -> ec2.stopInstances(request -> request.instanceIds("i-1")))
        .isInstanceOf(PlanGuardException.class);
    assertThat(wire.asked()).isEmpty();
    assertThat(recorder.calls())
        .extracting(AwsCall::outcome)
        .containsOnly(AwsCall.REFUSED_BY_GUARD);
  }

  @Test
  void aChangeInsideAnEffectPassesAndIsRecordedAsSuch() {
    inside().stopInstances(request -> request.instanceIds("i-1"));

    assertThat(wire.actions()).containsExactly("StopInstances");
    assertThat(recorder.mutating())
        .containsExactly(
            new AwsCall(
                "ec2",
                "StopInstances",
                true,
                true,
                Scope.of(Callers.ACCOUNT, "eu-west-1"),
                AwsCall.OK));
  }

  @Test
  void whatCouldCallAroundTheGuardIsRefused() {
    Ec2Client ec2 = inside();

    assertThatIllegalStateException().isThrownBy(ec2::waiter).withMessageContaining("Completion");
    assertThatIllegalStateException().isThrownBy(ec2::close).withMessageContaining("shared");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clients.client(Ec2AsyncClient.class, Callers.insideAnEffect()))
        .withMessageContaining("Ec2AsyncClient")
        .withMessageContaining("synchronous");
  }

  /** As a service's interface may look that has more than operations. */
  interface OddClient extends SdkClient {
    String SERVICE_NAME = "odd";

    default Object utilities() {
      throw new AssertionError("called around the guard");
    }

    default CompletableFuture<DescribeInstancesResponse> describeSoon(
        DescribeInstancesRequest request) {
      throw new AssertionError("called around the guard");
    }
  }

  @Test
  void whatALaterSdkAddsIsRefusedToo() {
    OddClient client =
        new OddClient() {
          @Override
          public String serviceName() {
            return "odd";
          }

          @Override
          public void close() {}
        };
    OddClient guarded =
        new GuardedClients(always(client)).client(OddClient.class, Callers.insideAnEffect());

    assertThatIllegalStateException()
        .isThrownBy(guarded::utilities)
        .withMessageContaining("odd: utilities is not an operation");
    assertThatIllegalStateException()
        .isThrownBy(() -> guarded.describeSoon(DescribeInstancesRequest.builder().build()))
        .withMessageContaining("odd: describeSoon is not an operation");
  }

  @Test
  void anEndpointThatAcceptsAndNeverAnswersEndsWithTheCallersTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SdkHttpClient http =
            new EmulatedEndpoint(
                UrlConnectionHttpClient.create(),
                URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
      Ec2Client ec2 =
          new GuardedClients(new StubSource(http))
              .client(Ec2Client.class, Callers.outsideOfEffects().withLeft(Duration.ofMillis(300)));

      assertThatThrownBy(ec2::describeInstances)
          .isInstanceOfSatisfying(
              TransientException.class, e -> assertThat(e.code()).isEqualTo("TimedOut"));
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void tellsWhatItIsWithoutCalling() {
    Ec2Client ec2 = outside();

    assertThat(ec2.serviceName()).isEqualTo("ec2");
    assertThat(ec2).hasToString("guarded ec2 client of 111122223333/eu-west-1").isEqualTo(ec2);
    assertThat(ec2).isNotEqualTo(outside()).doesNotHaveSameHashCodeAs(outside());
    assertThat(ec2.serviceClientConfiguration().region().id()).isEqualTo("eu-west-1");
    assertThat(wire.asked()).isEmpty();
  }

  @Test
  void aCallGetsNoMoreTimeThanItsCallerHas() {
    assertThat(timeoutOf(Callers.outsideOfEffects().withLeft(Duration.ofSeconds(5))))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(timeoutOf(Callers.outsideOfEffects())).isEqualTo(Duration.ofSeconds(60));
  }

  private static Duration timeoutOf(Callers caller) {
    List<DescribeInstancesRequest> seen = new ArrayList<>();
    Ec2Client fake =
        new Ec2Client() {
          @Override
          public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
            seen.add(request);
            return DescribeInstancesResponse.builder().build();
          }

          @Override
          public String serviceName() {
            return "ec2";
          }

          @Override
          public void close() {}
        };
    new GuardedClients(always(fake)).client(Ec2Client.class, caller).describeInstances();
    return seen.get(0).overrideConfiguration().orElseThrow().apiCallTimeout().orElseThrow();
  }

  private static ClientSource always(SdkClient client) {
    return new ClientSource() {
      @Override
      public <C extends SdkClient> C unguarded(Class<C> type, Scope scope) {
        return type.cast(client);
      }
    };
  }

  @Test
  void d02_afterTheDeadlineNothingIsCalled() {
    Ec2Client ec2 =
        clients.client(Ec2Client.class, Callers.insideAnEffect().withLeft(Duration.ZERO));

    assertThatThrownBy(() -> ec2.stopInstances(request -> request.instanceIds("i-1")))
        .isInstanceOfSatisfying(
            TransientException.class,
            e -> assertThat(e.kind()).isEqualTo(TransientException.Kind.THROTTLED))
        .hasMessageContaining("deadline");
    assertThat(wire.asked()).isEmpty();
  }

  @Test
  void aListenerThatFailsLosesNoAnswer() {
    GuardedClients talkative =
        new GuardedClients(new StubSource(wire))
            .listenedToBy(
                call -> {
                  throw new IllegalStateException("full");
                });

    assertThat(
            talkative
                .client(Ec2Client.class, Callers.outsideOfEffects())
                .describeInstances()
                .reservations())
        .isEmpty();
  }

  @Test
  void aCallTimeoutMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clients.callTimeout(Duration.ZERO))
        .withMessageContaining("PT0S");
  }

  /** Says what it was asked, and lets nobody wait, or nobody through. */
  private static final class Turnstile implements CallBudget {
    private final List<String> asked = new ArrayList<>();
    private boolean open = true;

    @Override
    public Duration admit(BudgetedCall call, Deadline deadline) {
      asked.add((call.read() ? "read " : "change ") + call.operation() + underWay(call));
      if (!open) {
        throw new TransientException(
            TransientException.Kind.THROTTLED,
            ApiBudgets.SPENT,
            "spent",
            new IllegalStateException("closed"));
      }
      return Duration.ofMillis(250);
    }

    private static String underWay(BudgetedCall call) {
      return call.underWay() ? " under way" : "";
    }

    @Override
    public void answered(BudgetedCall call, boolean throttled) {
      asked.add(call.operation() + (throttled ? " throttled" : " answered"));
    }
  }

  private final Turnstile turnstile = new Turnstile();

  @Test
  void everyCallPassesTheBudgetWhichHearsOfItsAnswer() {
    GuardedClients budgeted = clients.budgetedBy(turnstile);

    budgeted.client(Ec2Client.class, Callers.outsideOfEffects()).describeInstances();
    budgeted
        .client(Ec2Client.class, Callers.insideAnEffect())
        .stopInstances(request -> request.instanceIds("i-1"));

    assertThat(turnstile.asked)
        .containsExactly(
            "read DescribeInstances",
            "DescribeInstances answered",
            "change StopInstances",
            "StopInstances answered");
    assertThat(recorder.calls()).extracting(AwsCall::waited).containsOnly(Duration.ofMillis(250));
  }

  @Test
  void whatTheServiceTurnsAwayForItsRateIsToldAsSuch() {
    StubHttp busy = new StubHttp(asked -> StubHttp.ec2Error(503, "RequestLimitExceeded"));
    Ec2Client ec2 =
        new GuardedClients(new StubSource(busy))
            .budgetedBy(turnstile)
            .client(Ec2Client.class, Callers.outsideOfEffects());

    assertThatThrownBy(ec2::describeInstances).isInstanceOf(TransientException.class);
    assertThat(turnstile.asked).endsWith("DescribeInstances throttled");
  }

  @Test
  void whatGetsNoTurnIsNotCalledAndCountsAsNoCall() {
    turnstile.open = false;
    Ec2Client ec2 =
        clients.budgetedBy(turnstile).client(Ec2Client.class, Callers.outsideOfEffects());

    assertThatThrownBy(ec2::describeInstances).isInstanceOf(TransientException.class);

    assertThat(wire.asked()).isEmpty();
    assertThat(turnstile.asked).containsExactly("read DescribeInstances");
    assertThat(recorder.calls()).extracting(AwsCall::outcome).containsExactly(ApiBudgets.SPENT);
    assertThat(recorder.calls()).noneMatch(AwsCall::made);
  }

  @Test
  void whatTheGuardRefusesCostsNoTurn() {
    Ec2Client ec2 =
        clients.budgetedBy(turnstile).client(Ec2Client.class, Callers.outsideOfEffects());

    assertThatThrownBy(() -> ec2.stopInstances(request -> request.instanceIds("i-1")))
        .isInstanceOf(PlanGuardException.class);
    assertThat(turnstile.asked).isEmpty();
  }

  @Test
  void theUserAgentSaysForWhichExecutionACallIs() {
    new GuardedClients(new StubSource(wire))
        .onBehalfOf(() -> Optional.of("1a2b ünd mehr"))
        .client(Ec2Client.class, Callers.outsideOfEffects())
        .describeInstances();

    assertThat(wire.asked().get(0).http().firstMatchingHeader("User-Agent"))
        .hasValueSatisfying(agent -> assertThat(agent).contains("oa-execution/1a2b-nd-mehr"));
  }
}
