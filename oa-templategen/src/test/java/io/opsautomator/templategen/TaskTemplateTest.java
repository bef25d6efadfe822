package io.opsautomator.templategen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.task.TaskFile;
import io.opsautomator.templategen.cloudformation.Template;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TaskTemplateTest {
  private static final Map<String, Map<String, String>> LEAST =
      Map.of(
          "Ec2CreateSnapshot", Map.of("Interval", "0 18 * * *"),
          "Ec2DeleteSnapshot", Map.of("Interval", "0 18 * * *", "RetentionCount", "1"),
          "Ec2StartInstances", Map.of("Interval", "0 18 * * *"),
          "Ec2StopInstances", Map.of("Interval", "0 18 * * *"));

  private static Deployed deployed(String action, String... more) {
    Map<String, String> values = new HashMap<>(LEAST.get(action));
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return new Deployed(TaskTemplate.of(Bundled.action(action)), values);
  }

  private static void passesBoth(Deployed task) throws IOException {
    assertThat(task.refusals()).isEmpty();
    assertThat(task.problems(Bundled.CATALOG)).isEmpty();
  }

  private static void isRefusedByBoth(Deployed task) throws IOException {
    assertThat(task.refusals()).isNotEmpty();
    assertThat(task.problems(Bundled.CATALOG)).isNotEmpty();
  }

  @Test
  void everyBundledActionHasItsTemplate() throws IOException {
    for (ActionMetadata<?> action : Bundled.actions()) {
      Golden.check(action.name() + ".yaml", TaskTemplate.of(action).yaml());
    }
  }

  @Test
  void everyTemplateFitsIntoARequest() {
    for (ActionMetadata<?> action : Bundled.actions()) {
      assertThat(TaskTemplate.of(action).json().length()).isLessThan(Template.BODY_LIMIT);
    }
  }

  @Test
  void withNoMoreThanHasToBeGivenATaskIsValid() throws IOException {
    for (ActionMetadata<?> action : Bundled.actions()) {
      passesBoth(deployed(action.name()));
    }
  }

  @Test
  void whatIsGivenArrivesInTheTask() {
    Map<String, Object> task =
        deployed(
                "Ec2CreateSnapshot",
                "Regions",
                "eu-west-1, eu-central-1",
                "Accounts",
                "111111111111,222222222222",
                "BackupDataVolumes",
                "No",
                "CreateVolumePermission",
                "333333333333",
                "Ec2StateStopped",
                "Yes")
            .task();

    assertThat(task)
        .containsEntry("Name", "my-StackName")
        .containsEntry("Action", "Ec2CreateSnapshot")
        .containsEntry("Regions", List.of("eu-west-1", "eu-central-1"))
        .containsEntry("Accounts", List.of("111111111111", "222222222222"));
    assertThat(task.get("Parameters"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("BackupDataVolumes", "No")
        .containsEntry("CreateVolumePermission", List.of("333333333333"));
    assertThat(task.get("Events").toString()).contains("stopped=Yes", "running=No");
  }

  @Test
  void anEmptyListIsNotAListOfNothing() {
    assertThat(deployed("Ec2CreateSnapshot").task().get("Parameters").toString())
        .doesNotContain("CreateVolumePermission");
  }

  @Test
  void atItsBoundsTheTemplateAllowsWhatTheValidatorAllows() throws IOException {
    passesBoth(deployed("Ec2DeleteSnapshot", "RetentionCount", "1000"));
    isRefusedByBoth(deployed("Ec2DeleteSnapshot", "RetentionCount", "1001"));
    passesBoth(deployed("Ec2DeleteSnapshot", "RetentionCount", "0", "RetentionDays", "1"));
    isRefusedByBoth(deployed("Ec2DeleteSnapshot", "RetentionCount", "-1"));
    passesBoth(deployed("Ec2StopInstances", "TaskTimeout", "1"));
    isRefusedByBoth(deployed("Ec2StopInstances", "TaskTimeout", "0"));
    passesBoth(deployed("Ec2StopInstances", "Interval", "0 0 * * *"));
    isRefusedByBoth(deployed("Ec2StopInstances", "Interval", "0 0 * *"));
    passesBoth(deployed("Ec2StopInstances", "Accounts", " 123456789012 "));
    isRefusedByBoth(deployed("Ec2StopInstances", "Accounts", "12345678901"));
    passesBoth(deployed("Ec2StopInstances", "Accounts", "123456789012", "ExternalId", "a1"));
    isRefusedByBoth(deployed("Ec2StopInstances", "Accounts", "123456789012", "ExternalId", "a"));
    passesBoth(deployed("Ec2StopInstances", "CrossAccountRole", "r".repeat(64)));
    isRefusedByBoth(deployed("Ec2StopInstances", "CrossAccountRole", "r".repeat(65)));
    isRefusedByBoth(deployed("Ec2StopInstances", "CrossAccountRole", "arn:aws:iam::1:role/r"));
    passesBoth(deployed("Ec2StopInstances", "Regions", "*"));
    isRefusedByBoth(deployed("Ec2StopInstances", "Regions", "everywhere"));
    isRefusedByBoth(deployed("Ec2StopInstances", "Timezone", "Mars/Olympus"));
    isRefusedByBoth(deployed("Ec2StopInstances", "Enabled", "perhaps"));
    isRefusedByBoth(deployed("Ec2CreateSnapshot", "CreateVolumePermission", "12345"));
  }

  @Test
  void withoutEventsAnIntervalHasToBeGiven() {
    assertThat(deployed("Ec2StopInstances", "Interval", "").refusals()).isNotEmpty();
    assertThat(deployed("Ec2CreateSnapshot", "Interval", "", "Ec2StateStopped", "Yes").refusals())
        .isEmpty();
  }

  @Test
  void aBareWildcardIsRefusedWhereTheActionRefusesIt() throws IOException {
    isRefusedByBoth(deployed("Ec2DeleteSnapshot", "TagFilter", "*"));
    isRefusedByBoth(deployed("Ec2DeleteSnapshot", "TagFilter", " ** "));
    passesBoth(deployed("Ec2DeleteSnapshot", "TagFilter", "Backup*=*"));
    passesBoth(deployed("Ec2StopInstances", "TagFilter", "*"));
  }

  @Test
  void everyTimezoneOfferedIsOneOfOurs() {
    assertThat(ZoneId.getAvailableZoneIds()).containsAll(TimeZones.names());
    assertThat(TimeZones.names()).contains("UTC", "Europe/Berlin").isSorted();
  }

  @Test
  void theFilterOnTheTagsOfAnEventsSourceReachesTheTask() throws IOException {
    Deployed task = deployed("Ec2CreateSnapshot", "SourceEventTagFilter", "Backup=yes");

    passesBoth(task);
    assertThat(task.task()).containsEntry("SourceEventTagFilter", "Backup=yes");
  }

  @Test
  void w43_aTemplateRefersToNoParameterThatItDoesNotHave() throws IOException {
    Template template = TaskTemplate.of(Samples.homeOnly());

    assertThat(template.yaml())
        .doesNotContain("CrossAccountRole", "ThisAccount", "Accounts", "Regions");
    assertThat(new Deployed(template, Map.of("Interval", "0 0 * * *")).problems(Samples.catalog()))
        .isEmpty();
  }

  @Test
  void w45_whatKeepsAnActionFromHavingATemplateIsTold() {
    assertThatThrownBy(() -> TaskTemplate.of(Samples.wrong()))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageStartingWith("No template can be made of action Wrong (parameters ")
        .hasMessageContaining("Samples$WrongParams")
        .hasMessageContaining("Unseen is hidden and required")
        .hasMessageContaining("Posix has the pattern '[[:alpha:]]+'");
  }

  @Test
  void aParameterThatHasTheNameOfATasksFieldIsTold() {
    assertThatThrownBy(() -> TaskTemplate.of(Samples.clashing()))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("Parameters.Regions is there twice")
        .hasMessageContaining("Parameters.Vpc.Type 'AWS::EC2::Vpc Id' is no type of a parameter");
  }

  @Test
  void everyKindOfParameterHasItsForm() throws IOException {
    Golden.check("EveryKind.yaml", TaskTemplate.of(Samples.everyKind()).yaml());
    Map<String, String> given =
        Map.of("Interval", "0 0 * * *", "Needed", "x", "NeededList", "a,b", "Vpc", "vpc-1");
    Deployed task = new Deployed(TaskTemplate.of(Samples.everyKind()), given);

    assertThat(task.refusals()).isEmpty();
    assertThat(task.problems(Samples.catalog())).extracting(TaskFile.Problem::message).isEmpty();
  }

  @Test
  void aSecretIsNotShown() {
    assertThat(TaskTemplate.of(Samples.everyKind()).yaml())
        .containsPattern("Password:\n    Type: String\n(    .*\n)*    NoEcho: true");
  }
}
