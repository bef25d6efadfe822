package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class ActionsCommandTest {
  @Test
  void listsWhatIsOnTheClassPath() {
    assertThat(CommandLineRun.oa("actions").succeeds().out())
        .contains("Ec2CreateSnapshot", "Ec2DeleteSnapshot", "Ec2StartInstances");
  }

  @Test
  void explainsOneWithItsParametersPermissionsAndEvents() {
    assertThat(CommandLineRun.oa("actions", "Ec2CreateSnapshot").succeeds().out())
        .contains(
            "BackupRootVolumes", "yes or no; default: yes", "ec2:CreateSnapshot", "State-change");
    assertThat(CommandLineRun.oa("actions", "Ec2DeleteSnapshot").succeeds().out())
        .contains("RetentionCount", "whole number", "0 to 1000", "destructive");
  }

  @Test
  void explainsOneAsJson() {
    JsonNode json =
        Json.read(CommandLineRun.oa("actions", "Ec2DeleteSnapshot", "--json").succeeds().out());
    assertThat(json.get("name").asText()).isEqualTo("Ec2DeleteSnapshot");
    assertThat(json.get("parameters").findValuesAsText("name")).contains("RetentionCount");
  }

  @Test
  void aNameThatIsNoneIsBadInputWithTheNearestOne() {
    assertThat(CommandLineRun.oa("actions", "Ec2CreateSnapshots").failsPlainly(2).err())
        .contains("Ec2CreateSnapshots", "Ec2CreateSnapshot'");
  }
}
