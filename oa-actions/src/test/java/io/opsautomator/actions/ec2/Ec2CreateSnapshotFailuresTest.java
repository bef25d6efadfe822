package io.opsautomator.actions.ec2;

import static io.opsautomator.actions.ec2.CreateSnapshotCases.FRIEND;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.at;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.harness;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.sharedWith;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.snapshots;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.actions.ec2.Ec2CreateSnapshot.Params;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.plan.Plan;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class Ec2CreateSnapshotFailuresTest {

  @Test
  void allVolumesPendingIsASuccessWithoutVolumes() {
    ActionHarness<Params> busy =
        harness(Map.of())
            .given(e -> e.snapshotsTake(Duration.ofHours(5), Duration.ZERO))
            .given(
                e ->
                    List.of("vol-1", "vol-g", "vol-h")
                        .forEach(id -> e.ec2().createSnapshot(r -> r.volumeId(id))));

    Ran ran = busy.run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.outcome().report())
        .containsEntry("volumes", Map.of())
        .containsEntry("Volumes", List.of());
    assertThat(ran.warnings()).hasSize(3).containsOnly("ERR_SNAPSHOT_PENDING");
  }

  @Test
  void aVolumeWithAPendingSnapshotIsLeftOutAndTheOthersAreNot() {
    Ran ran = harness(Map.of()).given(e -> e.ec2().createSnapshot(r -> r.volumeId("vol-g"))).run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.outcome().evidence()).containsOnlyKeys("vol-1", "vol-h");
  }

  @Test
  void aSnapshotInErrorFailsNamingItAndItsVolume() {
    Ran ran =
        harness(Map.of("InstanceTags", "done=yes"))
            .given(e -> e.faults().snapshotFails("vol-g"))
            .run();
    String id = snapshots(ran).get("vol-g").snapshotId();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.reason()).contains("ERR_FAILED_SNAPSHOT", id + " of vol-g");
    assertThat(tags(ran.estate().ec2(), "i-1")).doesNotContainKey("done");
  }

  @Test
  void aSnapshotThatIsNotDescribedYetIsWaitedFor() {
    Ran ran = harness(Map.of()).given(e -> e.descriptionsLag(Duration.ofMinutes(4))).run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(snapshots(ran)).hasSize(3);
  }

  @Test
  void aSnapshotThatStaysMissingFailsNamingIt() {
    Ran ran = harness(Map.of()).given(e -> e.descriptionsLag(Duration.ofMinutes(50))).run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.reason())
        .contains("ERR_MISSING_SNAPSHOTS")
        .contains(snapshots(ran).get("vol-g").snapshotId());
  }

  @Test
  void d12_aDryRunRecordsTheDecisionsAndCallsNothing() {
    ActionHarness<Params> harness = harness(Map.of("VolumeTags", "x={snapshot-id}"));

    Plan plan = harness.plan();
    Ran dry = harness.task(task -> task.dryrun()).run();

    assertThat(plan.units().get(0).steps())
        .extracting(Plan.Step::name)
        .containsExactly(
            "create-snapshot/vol-1",
            "create-snapshot/vol-g",
            "create-snapshot/vol-h",
            "completed",
            "tag-volume/vol-1",
            "tag-volume/vol-g",
            "tag-volume/vol-h");
    assertThat(plan.open()).isFalse();
    assertThat(plan.undoable()).isTrue();
    assertThat(dry.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(dry.calls()).noneMatch(AwsCall::mutating);
    assertThat((List<?>) dry.outcome().report().get("steps")).hasSize(7);
  }

  @Test
  void d13_theRemovalMarkerNeverBecomesATagOfASnapshot() {
    Ran ran =
        harness(
                Map.of(
                    "CopiedInstanceTags", "*", "SnapshotTags", "a=b,Other={delete},gone={delete}"))
            .run();

    assertThat(tags(snapshots(ran).get("vol-g")))
        .containsEntry("a", "b")
        .containsEntry("InstanceTag", "Instance0")
        .doesNotContainKeys("Other", "gone")
        .doesNotContainValue("{delete}");
  }

  /** What EC2 may answer, and the estate does not: a device that nothing is mapped to. */
  private record Rootless(Ec2CreateSnapshot action) implements Action.Refining<Params, Instance> {
    @Override
    public ActionMetadata<Params> metadata() {
      return action.metadata();
    }

    @Override
    public Choice<Instance> refine(Resource<Instance> it, Params parameters, Invocation caller) {
      Instance full = it.attributes();
      Map<String, String> volumes = new HashMap<>(full.volumes());
      volumes.remove("vol-1");
      Instance rootless = new Instance(full.state(), full.instanceType(), "", volumes);
      return Choice.keep(new Resource<>(it.type(), it.id(), it.scope(), it.tags(), rootless));
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      return action.execute(context);
    }
  }

  @Test
  void d14_anInstanceWithoutRootVolumeIsToldOfAndItsOtherVolumesAreCopied() {
    Ran ran =
        ActionHarness.of(
                services -> new Rootless(new Ec2CreateSnapshot(services.get(AwsClients.class))))
            .given(CreateSnapshotCases::threeVolumes)
            .run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.warnings()).containsExactly("WARN_NO_ROOT_VOLUME");
    assertThat(snapshots(ran)).containsOnlyKeys("vol-g", "vol-h");
  }

  @Test
  void d15_aRefusalOnALaterVolumeKeepsTheEarlierSnapshots() {
    Ran ran =
        harness(Map.of("VolumeTags", "copied=yes"))
            .given(e -> e.faults().on("vol-g").refuseAlways("CreateSnapshot", "VolumeInUse"))
            .run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.reason()).contains("vol-g: VolumeInUse");
    assertThat(snapshots(ran)).containsOnlyKeys("vol-1", "vol-h");
    assertThat(at(ran.outcome().report(), "volumes", "vol-1", "snapshot"))
        .isEqualTo(snapshots(ran).get("vol-1").snapshotId());
    assertThat(tags(ran.estate().ec2(), "vol-h")).containsEntry("copied", "yes");
  }

  @Test
  void d16_aVolumeThatCannotBeTaggedIsNamed() {
    Ran ran =
        harness(Map.of("VolumeTags", "copied=yes"))
            .given(e -> e.faults().on("vol-g").refuseAlways("CreateTags", "UnauthorizedOperation"))
            .run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.reason()).contains("ERR_SETTING_VOLUME_TAGS", "vol-g");
  }

  @Test
  void d75_thereAreJustTheDocumentedParameters() {
    assertThat(CreateSnapshotCases.action().metadata().parameters().fields())
        .extracting(Field::name)
        .containsExactlyInAnyOrder(
            "BackupRootVolumes",
            "BackupDataVolumes",
            "VolumeTagFilter",
            "CopiedInstanceTags",
            "CopiedVolumeTags",
            "SnapshotTags",
            "VolumeTags",
            "InstanceTags",
            "SetSnapshotName",
            "SnapshotNamePrefix",
            "SnapshotName",
            "SnapshotDescription",
            "CreateVolumePermission",
            "TagSharedSnapshots",
            "TagInSharedAccountRoleName");
  }

  /** On 29 March 2026 clocks in Berlin go from 02:00 to 03:00. */
  @Test
  void d76_theGraceIsTheSameOnADayOfChangingClocks() {
    Ran ran =
        harness(Map.of())
            .at("2026-03-29T00:58:00Z")
            .given(e -> e.descriptionsLag(Duration.ofMinutes(4)))
            .run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.outcome().report().get("start-time").toString())
        .startsWith("2026-03-29T00:5")
        .endsWith("Z");
  }

  @Test
  void d71_anInstanceIsNotTaggedIfThatMadeTheTaskRunAgain() {
    ActionHarness<Params> harness =
        harness(Map.of("InstanceTags", "backup=done"))
            .task(task -> task.where("backup=*|InstanceTag=Instance0"));

    Ran triggered = harness.task(task -> task.on(Instance.TAGS_CHANGED)).run();
    Ran scheduled = harness.run();

    assertThat(triggered.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(triggered.warnings()).containsExactly("WARN_TAGS_NOT_SET");
    assertThat(tags(triggered.estate().ec2(), "i-1")).doesNotContainKey("backup");
    assertThat(tags(scheduled.estate().ec2(), "i-1")).containsEntry("backup", "done");
  }

  @Test
  void anInstanceThatCannotBeTaggedIsReportedAndDoesNotStopTheRest() {
    Ran ran =
        harness(Map.of("InstanceTags", "a=b", "CreateVolumePermission", List.of(FRIEND)))
            .given(e -> e.faults().on("i-1").refuseAlways("CreateTags", "UnauthorizedOperation"))
            .run();

    assertThat(ran.reason()).contains("i-1: ERR_SETTING_INSTANCE_TAGS");
    assertThat(sharedWith(ran, snapshots(ran).get("vol-g").snapshotId())).containsExactly(FRIEND);
  }

  @Test
  void aSnapshotThatCannotBeSharedFailsWithItsCode() {
    Ran ran =
        harness(Map.of("CreateVolumePermission", List.of(FRIEND)))
            .given(e -> e.faults().refuseAlways("ModifySnapshotAttribute", "UnauthorizedOperation"))
            .run();

    assertThat(ran.reason()).contains("ERR_SETTING_CREATE_VOLUME_PERMISSIONS", "vol-1");
  }

  @Test
  void sharedSnapshotsThatCannotBeTaggedFailWithTheirCode() {
    Ran ran =
        harness(Map.of("CreateVolumePermission", List.of(FRIEND), "TagSharedSnapshots", true))
            .given(
                e ->
                    e.faults()
                        .in(FRIEND, "eu-west-1")
                        .refuseAlways("CreateTags", "UnauthorizedOperation"))
            .run();

    assertThat(ran.reason()).contains("ERR_SETTING_SHARED_TAGS", FRIEND);
  }

  @Test
  void whatCannotBeReadIsToldBeforeATaskIsStored() {
    Params wrong =
        CreateSnapshotCases.params(
            Map.of("SnapshotTags", "=x", "CopiedVolumeTags", "\\([", "InstanceTags", "ok=1"));

    assertThat(CreateSnapshotCases.action().check(wrong))
        .extracting(Violation::field)
        .containsExactly("CopiedVolumeTags", "SnapshotTags");
  }
}
