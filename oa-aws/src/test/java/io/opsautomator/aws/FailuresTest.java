package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.TransientException.Kind;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;

final class FailuresTest {
  private final CallRecorder recorder = new CallRecorder();

  private ActionException failureOf(StubHttp.Script script) {
    Ec2Client ec2 =
        new GuardedClients(new StubSource(new StubHttp(script)))
            .listenedToBy(recorder)
            .client(Ec2Client.class, Callers.insideAnEffect());
    return catchThrowableOfType(
        ActionException.class, () -> ec2.startInstances(request -> request.instanceIds("i-1")));
  }

  private ActionException failureWith(int status, String code) {
    return failureOf(asked -> StubHttp.ec2Error(status, code));
  }

  @Test
  void d01_aRefusalKeepsTheServicesCodeItsWordsAndItsCause() {
    ActionException failure = failureWith(400, "IncorrectInstanceState");

    assertThat(failure)
        .isExactlyInstanceOf(RefusedException.class)
        .hasMessage(
            "ec2:StartInstances in 111122223333/eu-west-1: the reason (IncorrectInstanceState)")
        .hasCauseInstanceOf(AwsServiceException.class);
    assertThat(failure.is("IncorrectInstanceState")).isTrue();
    assertThat(recorder.calls())
        .extracting(AwsCall::outcome)
        .containsExactly("IncorrectInstanceState");
  }

  @ParameterizedTest
  @CsvSource({
    "503,RequestLimitExceeded",
    "400,Throttling",
    "429,AnythingAtAll",
    "400,SnapshotCreationPerVolumeRateExceeded",
    "400,ConcurrentSnapshotLimitExceeded",
    "400,ResourceLimitExceeded",
    "400,ExpiredToken",
    "400,RequestExpired",
  })
  void w1_whatWaitingHelpsAgainstIsToBeAskedAgainForNothingHappened(int status, String code) {
    assertThat(failureWith(status, code))
        .isInstanceOfSatisfying(
            TransientException.class, e -> assertThat(e.kind()).isEqualTo(Kind.THROTTLED));
  }

  @ParameterizedTest
  @CsvSource({
    "500,InternalError",
    "502,BadGateway",
    "503,Unavailable",
    "504,Timeout",
    "408,Any",
    "400,RequestTimeout"
  })
  void d02_aBreakdownOfTheServiceLeavesTheCallInDoubt(int status, String code) {
    assertThat(failureWith(status, code))
        .isInstanceOfSatisfying(
            TransientException.class, e -> assertThat(e.kind()).isEqualTo(Kind.IN_DOUBT));
  }

  @ParameterizedTest
  @CsvSource({
    "500,InsufficientInstanceCapacity",
    "500,InsufficientHostCapacity",
    "503,InsufficientReservedInstanceCapacity"
  })
  void aLackOfCapacityIsAnAnswerThoughItsStatusSaysBreakdown(int status, String code) {
    assertThat(failureWith(status, code)).isExactlyInstanceOf(RefusedException.class);
  }

  @Test
  void theSameCodeMayBeARefusalElsewhere() {
    assertThat(failureWith(400, "ResourceInUseException"))
        .isExactlyInstanceOf(RefusedException.class);
    assertThat(
            Failures.translate(
                AwsServiceException.builder()
                    .statusCode(400)
                    .awsErrorDetails(details("ResourceInUseException"))
                    .build(),
                "dynamodb:UpdateTable",
                Callers.outsideOfEffects().scope()))
        .isInstanceOf(TransientException.class);
  }

  private static software.amazon.awssdk.awscore.exception.AwsErrorDetails details(String code) {
    return software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
        .errorCode(code)
        .errorMessage("the reason")
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException"})
  void credentialsThatAreNotKnownThereMayBeForARegionThatIsOff(String code) {
    assertThat(failureWith(401, code))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the region is not switched on in that account")
        .hasMessageContaining("revoked");
  }

  @Test
  void aDenialSaysWhatTheRoleMustAllow() {
    assertThat(failureWith(403, "UnauthorizedOperation"))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("the role in use there must allow ec2:StartInstances");
  }

  @Test
  void anAnswerWithoutACodeIsKnownByItsStatus() {
    assertThat(failureOf(asked -> new StubHttp.Answer(404, ""))).hasMessageContaining("HTTP404");
  }

  @Test
  void anUnknownHostIsNamedWithWhatToCheck() {
    ActionException failure =
        failureOf(
            asked -> {
              throw new UnknownHostException("ec2.moon-north-1.example");
            });

    assertThat(failure)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("ec2.moon-north-1.example")
        .hasMessageContaining("region");
    assertThat(failure.code()).isEqualTo("UnknownHost");
  }

  @Test
  void aConnectionThatIsRefusedSaysThatNobodyAnswers() {
    ActionException failure =
        failureOf(
            asked -> {
              throw new ConnectException("Connection refused");
            });

    assertThat(failure)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("nobody answers at the endpoint")
        .hasRootCauseInstanceOf(ConnectException.class);
  }

  @Test
  void aTimeoutAndABrokenConnectionAreInDoubt() {
    assertThat(
            failureOf(
                    asked -> {
                      throw new SocketTimeoutException("Read timed out");
                    })
                .code())
        .isEqualTo("TimedOut");
    assertThat(
            failureOf(
                    asked -> {
                      throw new SocketException("Connection reset");
                    })
                .code())
        .isEqualTo("ConnectionBroken");
  }

  @Test
  void anAnswerThatCannotBeReadIsNeitherRefusedNorAskedForAgain() {
    assertThat(failureOf(asked -> new StubHttp.Answer(200, "<not xml")))
        .isExactlyInstanceOf(ActionException.class)
        .hasCauseInstanceOf(SdkClientException.class);
  }
}
