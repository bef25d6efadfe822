package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateCommandTest {
  @TempDir Path folder;

  @Test
  void printsTheTemplateOfAnActionsTasks() {
    assertThat(CommandLineRun.oa("template", "Ec2StopInstances").succeeds().out())
        .startsWith("AWSTemplateFormatVersion: '2010-09-09'")
        .contains("Type: Custom::TaskConfig", "Hibernate:");
  }

  @Test
  void printsItAsJson() {
    String printed =
        CommandLineRun.oa("template", "Ec2StopInstances", "--format", "json").succeeds().out();
    JsonNode json = Json.read(printed);

    assertThat(json.at("/Resources/Task/Properties/Action").asText()).isEqualTo("Ec2StopInstances");
  }

  @Test
  void printsRoleSolutionPolicyAndSchema() {
    assertThat(CommandLineRun.oa("template", "--role").succeeds().out())
        .contains("OpsAutomatorActionsRole:", "sts:ExternalId");
    assertThat(CommandLineRun.oa("template", "--solution").succeeds().out())
        .contains("AWS::DynamoDB::Table");
    assertThat(CommandLineRun.oa("template", "Ec2StopInstances", "--policy").succeeds().out())
        .contains("ec2:StopInstances")
        .doesNotContain("ec2:CreateSnapshot");
    assertThat(CommandLineRun.oa("template", "--schema").succeeds().out())
        .contains("\"RetentionCount\"", "\"Hibernate\"");
  }

  @Test
  void writesAllIntoAFolder() throws IOException {
    CommandLineRun run = CommandLineRun.oa("template", "--all", "--out", folder.toString());

    assertThat(run.succeeds().out()).contains("Ec2CreateSnapshot.yaml");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .contains(
              "Ec2CreateSnapshot.yaml",
              "Ec2DeleteSnapshot.yaml",
              "cross-account-role.yaml",
              "ops-automator.yaml",
              "policy.json",
              "tasks.schema.json");
    }
  }

  @Test
  void severalFilesNeedAFolder() {
    assertThat(CommandLineRun.oa("template", "--all").failsPlainly(2).err()).contains("--out DIR");
  }

  @Test
  void saysWhatItNeedsToKnow() {
    assertThat(CommandLineRun.oa("template").failsPlainly(2).err()).contains("of what?");
    assertThat(CommandLineRun.oa("template", "--role", "--solution").failsPlainly(2).err())
        .contains("one thing at a time");
    assertThat(CommandLineRun.oa("template", "Ec2StopInstance").failsPlainly(2).err())
        .contains("did you mean 'Ec2StopInstances'");
    assertThat(CommandLineRun.oa("template", "--role", "--format", "xml").failsPlainly(2).err())
        .contains("use yaml or json");
  }

  @Test
  void aFolderThatIsAFileIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");

    assertThat(
            CommandLineRun.oa("template", "--role", "--out", file.toString()).failsPlainly(2).err())
        .contains("cannot write", "--out names a folder");
  }
}
