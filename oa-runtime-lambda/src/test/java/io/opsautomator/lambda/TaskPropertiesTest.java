package io.opsautomator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ParameterSchema.Decoded;
import io.opsautomator.action.Services;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile;
import io.opsautomator.templategen.TaskTemplate;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A stack made of an action's template makes the task that a file would give. */
final class TaskPropertiesTest {
  private static final ActionCatalog ACTIONS = ActionCatalog.discover(unconnected());

  /** All that the actions' forms have in common, filled in. */
  private static final Map<String, String> FILLED =
      Map.ofEntries(
          Map.entry("Description", "at \"night\": yes"),
          Map.entry("Interval", "0 18 * * mon-fri"),
          Map.entry("TagFilter", "Schedule=office&Env=!prod"),
          Map.entry("Regions", "eu-west-1, eu-central-1"),
          Map.entry("ThisAccount", "No"),
          Map.entry("Accounts", "111111111111, 222222222222"),
          Map.entry("CrossAccountRole", "Ops"),
          Map.entry("ExternalId", "e-1"),
          Map.entry("Timezone", "Europe/Berlin"),
          Map.entry("Enabled", "No"),
          Map.entry("TaskMetrics", "Yes"),
          Map.entry("TaskNotifications", "Yes"),
          Map.entry("Debug", "Yes"),
          Map.entry("OpsAutomatorStack", "ops"));

  private static final String FILE =
      """
      tasks:
        - name: nightly
          action: %s
          description: 'at "night": yes'
          interval: 0 18 * * mon-fri
          timezone: Europe/Berlin
          tagFilter: Schedule=office&Env=!prod
          regions: [eu-west-1, eu-central-1]
          thisAccount: false
          accounts: ['111111111111', '222222222222']
          crossAccountRole: Ops
          externalId: e-1
          enabled: false
          taskMetrics: true
          taskNotifications: true
          debug: true
      """;

  private static Services unconnected() {
    return new Services() {
      @Override
      public <S> S get(Class<S> type) {
        return type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                  throw new IllegalStateException(method + " is called by a form");
                }));
      }
    };
  }

  private static StackForm form(String action, Map<String, String> given) {
    Action<?> known = ACTIONS.find(action).orElseThrow();
    return StackForm.of(TaskTemplate.of(known.metadata()), "nightly", given);
  }

  private static Task ofStack(StackForm form) {
    TaskProperties.Read read = TaskProperties.read(form.properties());
    assertThat(read.problems()).isEmpty();
    return read.task().orElseThrow();
  }

  private static Task ofFile(String yaml) {
    TaskFile.Parsed parsed = TaskFile.parse("tasks.yaml", yaml);
    assertThat(parsed.problems()).isEmpty();
    return parsed.tasks().get(0).task();
  }

  /** The same, with its parameters as its action gets them: a file's 7 is a form's "7". */
  private static Task understood(Task task) {
    Decoded<?> decoded =
        ACTIONS
            .find(task.work().action())
            .orElseThrow()
            .metadata()
            .parameters()
            .decode(task.work().parameters());
    assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    Task.Work work = new Task.Work(task.work().action(), Map.of("all", decoded.toString()));
    return new Task(
        task.name(),
        work,
        task.target(),
        task.when(),
        task.limits(),
        task.guards(),
        task.options(),
        task.flow());
  }

  private static void everyFieldGivesWhatAFileGives(
      String action, Map<String, String> more, String file) {
    Map<String, String> given = new TreeMap<>(FILLED);
    given.putAll(more);
    StackForm form = form(action, given);

    assertThat(form.leftOut()).as("of the parameters of " + action).isEmpty();
    assertThat(understood(ofStack(form)))
        .isEqualTo(understood(ofFile(FILE.formatted(action) + file.indent(4))));
  }

  @Test
  void startingInstances() {
    everyFieldGivesWhatAFileGives("Ec2StartInstances", Map.of("TaskTimeout", "20"), "timeout: 20");
  }

  @Test
  void stoppingInstances() {
    everyFieldGivesWhatAFileGives(
        "Ec2StopInstances",
        Map.of("TaskTimeout", "20", "Hibernate", "Yes"),
        """
        timeout: 20
        parameters:
          hibernate: true
        """);
  }

  @Test
  void creatingSnapshots() {
    everyFieldGivesWhatAFileGives(
        "Ec2CreateSnapshot",
        Map.ofEntries(
            Map.entry("TaskTimeout", "90"),
            Map.entry("Ec2StateRunning", "No"),
            Map.entry("Ec2StateStopped", "Yes"),
            Map.entry("E2cTagChangedInstanceTags", "Yes"),
            Map.entry("SourceEventTagFilter", "Backup=*"),
            Map.entry("BackupRootVolumes", "No"),
            Map.entry("BackupDataVolumes", "Yes"),
            Map.entry("VolumeTagFilter", "Backup=yes"),
            Map.entry("CopiedInstanceTags", "Owner,Cost*"),
            Map.entry("CopiedVolumeTags", "*"),
            Map.entry("SnapshotTags", "Made={date}, By=ops"),
            Map.entry("VolumeTags", "Last={datetime}"),
            Map.entry("InstanceTags", "Safe=yes"),
            Map.entry("SetSnapshotName", "No"),
            Map.entry("SnapshotNamePrefix", "nightly-"),
            Map.entry("SnapshotName", "{volume-id}"),
            Map.entry("SnapshotDescription", "of {instance-id}"),
            Map.entry("CreateVolumePermission", "333333333333, 444444444444"),
            Map.entry("TagSharedSnapshots", "Yes"),
            Map.entry("TagInSharedAccountRoleName", "Tagger")),
        """
        timeout: 90
        events:
          aws.ec2:
            EC2 Instance State-change Notification: [stopped]
          ec2.aws.tag:
            TagChangeOnResource: [ChangedInstanceTags]
        sourceEventTagFilter: Backup=*
        parameters:
          backupRootVolumes: false
          backupDataVolumes: true
          volumeTagFilter: Backup=yes
          copiedInstanceTags: Owner,Cost*
          copiedVolumeTags: '*'
          snapshotTags: Made={date}, By=ops
          volumeTags: Last={datetime}
          instanceTags: Safe=yes
          setSnapshotName: false
          snapshotNamePrefix: nightly-
          snapshotName: '{volume-id}'
          snapshotDescription: of {instance-id}
          createVolumePermission: ['333333333333', '444444444444']
          tagSharedSnapshots: true
          tagInSharedAccountRoleName: Tagger
        """);
  }

  @Test
  void deletingSnapshots() {
    everyFieldGivesWhatAFileGives(
        "Ec2DeleteSnapshot",
        Map.of(
            "EbsCopySnapShotForVolume", "Yes",
            "EbsCreateSnapShotForVolume", "No",
            "SourceEventTagFilter", "Backup=*",
            "RetentionDays", "7",
            "RetentionCount", "0",
            "KeepAtLeast", "3"),
        """
        events:
          aws.ec2:
            EBS Snapshot Notification: [copySnapShotForVolume]
        sourceEventTagFilter: Backup=*
        parameters:
          retentionDays: 7
          retentionCount: 0
          keepAtLeast: 3
        """);
  }

  @Test
  void everyBundledActionIsAmongThese() {
    assertThat(ACTIONS.actions())
        .extracting(action -> action.metadata().name())
        .containsExactlyInAnyOrder(
            "Ec2StartInstances", "Ec2StopInstances", "Ec2CreateSnapshot", "Ec2DeleteSnapshot");
  }

  @Test
  void whatIsLeftEmptyInAFormIsNotInTheTask() {
    for (String action : List.of("Ec2CreateSnapshot", "Ec2DeleteSnapshot")) {
      StackForm form = form(action, Map.of());
      Task least = ofFile("tasks:\n  - {name: nightly, action: " + action + "}");

      Task made = ofStack(form);
      assertThat(made.target()).isEqualTo(least.target());
      assertThat(made.when()).isEqualTo(least.when());
      assertThat(made.options()).isEqualTo(least.options());
      assertThat(understood(made).work()).isEqualTo(understood(least).work());
    }
  }
}
