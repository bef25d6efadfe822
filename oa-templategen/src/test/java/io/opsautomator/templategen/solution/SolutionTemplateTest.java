package io.opsautomator.templategen.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.templategen.cloudformation.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SolutionTemplateTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/solution.yaml");

  private final String yaml = SolutionTemplate.template().yaml();

  /** Whoever changes it sees in the difference what a stack's update will do. */
  @Test
  void isTheOneOfTheGoldenFile() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, yaml);
    }
    assertThat(yaml)
        .as("if it is meant to change, run with -Dgolden.update=true")
        .isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void fitsIntoOneRequest() {
    assertThat(yaml.getBytes(StandardCharsets.UTF_8).length).isLessThan(Template.BODY_LIMIT);
  }

  @Test
  void whatHoldsDataSurvivesTheStack() {
    for (String type : List.of("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")) {
      assertThat(resource(type))
          .contains("DeletionPolicy: Retain")
          .contains("UpdateReplacePolicy: Retain");
    }
  }

  @Test
  void everyLogGroupForgets() {
    assertThat(resources("AWS::Logs::LogGroup"))
        .hasSize(4)
        .allSatisfy(group -> assertThat(group).contains("RetentionInDays"));
  }

  @Test
  void everythingThatCanBeIsEncryptedWithTheKeyOfOnesOwn() {
    for (String type :
        List.of(
            "AWS::DynamoDB::Table",
            "AWS::S3::Bucket",
            "AWS::SQS::Queue",
            "AWS::SNS::Topic",
            "AWS::Logs::LogGroup",
            "AWS::Lambda::Function")) {
      assertThat(resources(type))
          .isNotEmpty()
          .allSatisfy(one -> assertThat(one).as(type).contains("HasOwnKey", "EncryptionKey"));
    }
  }

  @Test
  void aQueueHidesWhatAFunctionWorksOnForLongerThanItMayRun() {
    assertThat(resource("AWS::SQS::Queue")).contains("VisibilityTimeout: 960");
    assertThat(part("WorkerFunction")).contains("Timeout: 900");
  }

  @Test
  void workIsGivenUpAfterTwentyReceiptsAndACheckAfterAThousand() {
    assertThat(part("WorkQueue")).endsWith("maxReceiveCount: 20");
    assertThat(part("CheckQueue")).endsWith("maxReceiveCount: 1000");
    assertThat(part("DeadLetterQueue")).doesNotContain("RedrivePolicy");
  }

  /** Also from the dead letters: who takes those ends the execution, visibly. */
  @Test
  void oneFailedMessageOfABatchLeavesTheOthersDone() {
    assertThat(resources("AWS::Lambda::EventSourceMapping"))
        .hasSize(3)
        .allSatisfy(source -> assertThat(source).contains("ReportBatchItemFailures"));
  }

  @Test
  void onlyTheWorkerTakesWorkAndAssumesRoles() {
    for (String id : List.of("SchedulerRole", "DirectRole", "EnginePolicy")) {
      assertThat(part(id)).as(id).doesNotContain("sqs:ReceiveMessage", "Sid: OtherAccounts");
    }
    assertThat(part("WorkerRole"))
        .contains("sqs:ReceiveMessage", "Sid: OtherAccounts", "iam::*:role/${CrossAccountRole}");
  }

  /** A policy that reaches everything is in the original's template forty times. */
  @Test
  void whereAPolicySaysEverythingItSaysWhy() {
    Matcher parts = Pattern.compile("(?m)^  ([A-Za-z]+):\\n    Type: AWS::(.+)$").matcher(yaml);
    while (parts.find()) {
      String part = part(parts.group(1));
      if (part.contains("Resource: '*'")) {
        assertThat(part).as(parts.group(1)).contains("Wildcards:");
      }
    }
  }

  @Test
  void alarmsAreToldAndSayWhatToDo() {
    assertThat(resources("AWS::CloudWatch::Alarm"))
        .hasSize(5)
        .allSatisfy(
            alarm ->
                assertThat(alarm).contains("AlarmActions", "Ref: AlarmTopic", "AlarmDescription"));
  }

  private String resource(String type) {
    return resources(type).get(0);
  }

  private List<String> resources(String type) {
    return Arrays.stream(yaml.split("\n(?=  [A-Za-z]+:\n)"))
        .filter(part -> part.contains("    Type: " + type + "\n"))
        .toList();
  }

  /** The resource of this id. */
  private String part(String id) {
    return Arrays.stream(yaml.split("\n(?=  [A-Za-z]+:\n)"))
        .filter(part -> part.startsWith("  " + id + ":\n    Type: AWS"))
        .findFirst()
        .orElseThrow();
  }
}
