package io.opsautomator.aws.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.aws.SessionTerms;
import io.opsautomator.resource.Scope;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeploymentTest {
  private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/111122223333/";
  private static final Map<String, String> LEAST =
      Map.of(
          "OA_TABLE",
          "ops",
          "OA_WORK_QUEUE_URL",
          QUEUE + "work",
          "OA_CHECK_QUEUE_URL",
          QUEUE + "c");

  @Test
  void tableAndTwoQueuesAreEnough() {
    Deployment least = Deployment.of(LEAST);

    assertThat(least.name()).isEqualTo("ops-automator");
    assertThat(least.table()).isEqualTo("ops");
    assertThat(least.queues())
        .isEqualTo(
            new Deployment.Queues(
                URI.create(QUEUE + "work"), URI.create(QUEUE + "c"), Optional.empty()));
    assertThat(least.payloads()).isEmpty();
    assertThat(least.access())
        .isEqualTo(
            new Deployment.Access(
                Optional.empty(),
                Optional.empty(),
                SessionTerms.DEFAULT.named("ops-automator@worker"),
                Optional.empty(),
                Set.of()));
    assertThat(least.bounds()).isEqualTo(new Deployment.Bounds(Duration.ofDays(30), 64));
  }

  @Test
  void everythingCanBeSaid() {
    Deployment all =
        Deployment.of(
            with(
                Map.of(
                    "OA_DEAD_LETTER_QUEUE_URL", QUEUE + "dead",
                    "OA_PAYLOAD_BUCKET", "ops-payloads",
                    "OA_ROLE", "ops/OpsAutomator",
                    "OA_EXTERNAL_ID", "x-42",
                    "AWS_REGION", "eu-central-1",
                    "OA_REGIONS", "eu-central-1, us-gov-west-1",
                    "OA_TASKS", "tasks.yaml,more/tasks.json",
                    "OA_SAFEGUARDS", "safeguards.yaml",
                    "OA_HISTORY_DAYS", "7",
                    "OA_WORKERS", "10")));

    assertThat(all.queues().deadLetters()).contains(URI.create(QUEUE + "dead"));
    assertThat(all.payloads()).contains("ops-payloads");
    assertThat(all.access())
        .isEqualTo(
            new Deployment.Access(
                Optional.of("ops/OpsAutomator"),
                Optional.of("x-42"),
                SessionTerms.DEFAULT.named("ops-automator@worker"),
                Optional.of(new Scope.Region("eu-central-1")),
                Set.of(new Scope.Region("eu-central-1"), new Scope.Region("us-gov-west-1"))));
    assertThat(all.files())
        .isEqualTo(
            new Deployment.Files(
                List.of(Path.of("tasks.yaml"), Path.of("more/tasks.json")),
                Optional.of(Path.of("safeguards.yaml"))));
    assertThat(all.bounds()).isEqualTo(new Deployment.Bounds(Duration.ofDays(7), 10));
  }

  @Test
  void sessionsAreNamedAfterDeploymentAndWorkerUnlessItIsSaid() {
    Map<String, String> prod = with(Map.of("OA_DEPLOYMENT", "prod", "HOSTNAME", "ip-10-0-0-7"));
    assertThat(Deployment.of(prod).access().sessions().name()).isEqualTo("prod@ip-10-0-0-7");

    assertThat(
            Deployment.of(
                    with(
                        Map.of(
                            "AWS_LAMBDA_LOG_STREAM_NAME", "2026/03/02/[$LATEST]0a1b",
                            "OA_SESSION_TAGS", "team = ops,cost centre=42",
                            "OA_SESSION_POLICY", "{\"Version\":\"2012-10-17\"}",
                            "OA_SESSION_MINUTES", "30")))
                .access()
                .sessions())
        .isEqualTo(
            new SessionTerms(
                "ops-automator@2026-03-02-LATEST-0a1b",
                Map.of("team", "ops", "cost centre", "42"),
                Optional.of("{\"Version\":\"2012-10-17\"}"),
                Optional.of(Duration.ofMinutes(30))));
    assertThat(Deployment.of(with(Map.of("OA_SESSION_NAME", "ops"))).access().sessions())
        .isEqualTo(SessionTerms.DEFAULT.named("ops"));
  }

  @Test
  void whatCannotBeSaidOfASessionIsTold() {
    assertThat(
            wrong(
                with(
                    Map.of(
                        "OA_SESSION_NAME", "a/b",
                        "OA_SESSION_TAGS", "team=ops,prod",
                        "OA_SESSION_MINUTES", "5"))))
        .hasMessageContaining("OA_SESSION_NAME: session name is 'a/b'")
        .hasMessageContaining("OA_SESSION_TAGS: 'prod': allowed is key=value, comma-separated")
        .hasMessageContaining("OA_SESSION_MINUTES: length of a session is 'PT5M'");
    assertThat(wrong(with(Map.of("OA_SESSION_MINUTES", "half an hour"))))
        .hasMessageContaining("OA_SESSION_MINUTES: 'half an hour'");
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithVariableValueAndWhatIsAllowed() {
    InvalidDeploymentException wrong =
        wrong(
            Map.of(
                "OA_TABEL", "ops",
                "OA_WORK_QUEUE_URL", "arn:aws:sqs:eu-central-1:111122223333:work",
                "OA_PAYLOAD_BUCKET", "s3://payloads",
                "OA_ROLE", "arn:aws:iam::111122223333:role/Ops",
                "OA_EXTERNAL_ID", "x",
                "OA_REGIONS", "eu-central-1,Frankfurt",
                "OA_TASKS", "a.yaml,,b.yaml",
                "OA_HISTORY_DAYS", "30d",
                "OA_WORKERS", "0"));

    assertThat(wrong)
        .hasMessage(
            """
            The environment describes no deployment:
            OA_TABEL: unknown; did you mean OA_TABLE?
            OA_TABLE: not set; the DynamoDB table that holds tasks, runs and executions
            OA_WORK_QUEUE_URL: 'arn:aws:sqs:eu-central-1:111122223333:work': allowed is a queue's URL, such as https://sqs.eu-central-1.amazonaws.com/111122223333/work
            OA_CHECK_QUEUE_URL: not set; the SQS queue that carries completion checks
            OA_PAYLOAD_BUCKET: 's3://payloads': allowed is a bucket's name, without s3://
            OA_ROLE: not the name of a role: 'arn:aws:iam::111122223333:role/Ops'; name it without ARN, such as OpsAutomator
            OA_EXTERNAL_ID: not an external id: 'x'; 2 to 1224 letters, digits and _+=,.@:/-
            OA_REGIONS: 'Frankfurt': allowed is regions such as eu-central-1, comma-separated
            OA_TASKS: '': a file's name is empty between two commas
            OA_HISTORY_DAYS: '30d': allowed is a whole number from 1 to 3650
            OA_WORKERS: '0': allowed is a whole number from 1 to 1000""");
    assertThat(wrong.violations()).extracting(Violation::field).contains("OA_TABEL", "OA_WORKERS");
  }

  @Test
  void aVariableThatResemblesNoneIsToldWithThoseThereAre() {
    assertThat(wrong(with(Map.of("OA_COLOUR_OF_THE_LOGO", "red"))))
        .hasMessageContaining("OA_COLOUR_OF_THE_LOGO: unknown; known are OA_TABLE, OA_WORK_QUEUE");
  }

  @Test
  void aHostMayHaveVariablesOfItsOwn() {
    assertThat(Deployment.of(with(Map.of("OA_LISTEN", "0.0.0.0:8080")), Set.of("OA_LISTEN")))
        .isEqualTo(Deployment.of(LEAST));
  }

  @Test
  void workAndChecksAreTwoQueues() {
    assertThat(wrong(with(Map.of("OA_CHECK_QUEUE_URL", QUEUE + "work"))))
        .hasMessageContaining("OA_CHECK_QUEUE_URL: '" + QUEUE + "work': that is OA_WORK_QUEUE_URL");
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    assertThat(Deployment.of(with(Map.of("OA_ROLE", " ", "OA_WORKERS", ""))))
        .isEqualTo(Deployment.of(LEAST));
  }

  @Test
  void aQueueOfAnEmulatorWillDo() {
    String url = "http://127.0.0.1:9324/000000000000/work";

    assertThat(Deployment.of(with(Map.of("OA_WORK_QUEUE_URL", url))).queues().work())
        .isEqualTo(URI.create(url));
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(LEAST);
    all.putAll(more);
    return all;
  }

  private static InvalidDeploymentException wrong(Map<String, String> environment) {
    return catchThrowableOfType(InvalidDeploymentException.class, () -> Deployment.of(environment));
  }
}
