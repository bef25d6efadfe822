package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

final class ReadOperationsTest {
  @ParameterizedTest
  @CsvSource({
    "ec2,DescribeInstances",
    "ec2,GetConsoleOutput",
    "ssm,GetParameters",
    "sts,GetCallerIdentity",
    "dynamodb,Query",
    "sqs,GetQueueAttributes",
    "logs,GetQueryResults",
    "cloudwatch,GetMetricData",
    "tag,GetResources",
    "s3,GetObject",
  })
  void whatOnlyLooksIsARead(String service, String operation) {
    assertThat(ReadOperations.contains(service, operation)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "sqs,ReceiveMessage",
    "dynamodb,ExecuteStatement",
    "dynamodb,BatchExecuteStatement",
    "logs,StartQuery",
    "ec2,GetPasswordData",
    "ec2,StartInstances",
    "ssm,GetAccessToken",
    "ssm,GetDeployablePatchSnapshotForInstance",
    "sts,AssumeRole",
    "sts,GetSessionToken",
    "sts,GetFederationToken",
    "states,GetActivityTask",
    "lambda,GetFunction",
    "lambda,Invoke",
    "ecr,GetAuthorizationToken",
    "kms,Decrypt",
    "redshift,GetClusterCredentials",
    "cloudformation,DetectStackDrift",
  })
  void whatLeasesStartsRunsOrHandsOutSessionsIsNot(String service, String operation) {
    assertThat(ReadOperations.contains(service, operation)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantumledger", "EC2", ""})
  void ofAServiceThatIsNotListedNothingIsARead(String service) {
    assertThat(ReadOperations.contains(service, "DescribeEverything")).isFalse();
  }

  @Test
  void noOperationOfTheBundledClientsThatIsNamedAfterAChangeIsARead() {
    List<String> changes =
        List.of(
            "Start",
            "Stop",
            "Create",
            "Delete",
            "Modify",
            "Put",
            "Update",
            "Reboot",
            "Terminate",
            "Attach",
            "Detach",
            "Associate",
            "Disassociate",
            "Run",
            "Send",
            "Cancel",
            "Copy",
            "Import",
            "Export",
            "Assume",
            "Register",
            "Deregister",
            "Enable",
            "Disable",
            "Reset");

    assertThat(operations().filter(o -> changes.stream().anyMatch(o.name()::startsWith)))
        .hasSizeGreaterThan(400)
        .noneMatch(Operation::isRead);
  }

  @Test
  void everyDescribeOfEc2IsARead() {
    assertThat(operations().filter(o -> o.toString().startsWith("ec2:Describe")))
        .hasSizeGreaterThan(100)
        .allMatch(Operation::isRead);
  }

  private static Stream<Operation> operations() {
    return Stream.of(Ec2Client.class, SsmClient.class, StsClient.class)
        .flatMap(
            client ->
                Arrays.stream(client.getMethods())
                    .filter(Operation::is)
                    .map((Method method) -> Operation.of(Operation.service(client), method)));
  }
}
