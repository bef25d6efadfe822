package io.opsautomator.actions.ec2;

import static io.opsautomator.actions.ec2.CreateSnapshotCases.FRIEND;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.at;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.harness;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.sharedWith;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.snapshots;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.actions.ec2.Ec2CreateSnapshot.Params;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionContract;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Estate;
import io.opsautomator.testkit.Waivers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;

final class Ec2CreateSnapshotTest extends ActionContract<Params> {
  private static final String COMMON =
      "tag-account={account},tag-region={region},tag-task={task},tag-stack={stack},tag-date={date}";

  private static final Map<String, String> FILLED_IN =
      Map.of(
          "tag-account", Estate.HOME.account().value(),
          "tag-region", Estate.HOME.region().value(),
          "tag-task", "rehearsal",
          "tag-stack", "ops-automator",
          "tag-date", "20260302");

  private static final Map<String, ?> EVERYTHING =
      Map.ofEntries(
          Map.entry("CreateVolumePermission", List.of(" " + FRIEND + " ")),
          Map.entry("TagSharedSnapshots", true),
          Map.entry("CopiedInstanceTags", "InstanceTag"),
          Map.entry("CopiedVolumeTags", "VolumeTag"),
          Map.entry(
              "InstanceTags", COMMON + ",tag-snapshot-ids={snapshot-ids},tag-deleted={delete}"),
          Map.entry("VolumeTags", COMMON + ",tag-snapshot-id={snapshot-id},tag-deleted={delete}"),
          Map.entry(
              "SnapshotTags",
              COMMON
                  + ",tag-volume-id={volume-id},tag-instance-id={instance-id},tag-device={device}"),
          Map.entry("SnapshotName", "{instance-id}-{volume-id}"),
          Map.entry("SnapshotNamePrefix", "snapshot-{stack}-"),
          Map.entry(
              "SnapshotDescription", "{volume-id}, {device} of {instance-id}, a={region}: {task}"));

  @Override
  protected Stream<ActionHarness<Params>> cases() {
    return Stream.of(
        harness(Map.of()).named("by default"),
        harness(EVERYTHING).named("with everything"),
        harness(EVERYTHING)
            .named("with a parameter of the parameter store")
            .with(
                CreateSnapshotCases.params(
                    Map.of("SnapshotTags", "by={ssm:owner}", "VolumeTags", "of={ssm:owner}")))
            .given(estate -> estate.in(Estate.HOME).parameter("owner", "me")),
        harness(Map.of("InstanceTags", "done={snapshot-ids}"))
            .named("with a volume that is refused")
            .given(
                e ->
                    e.faults()
                        .on("vol-g")
                        .refuseAlways("CreateSnapshot", "UnauthorizedOperation")));
  }

  @Override
  protected Waivers waivers() {
    String why = "tags follow up on a snapshot that is there; no step rests on them";
    return Waivers.none().unconfirmed("ec2:CreateTags", why).unconfirmed("ec2:DeleteTags", why);
  }

  @Test
  void createSnapshotsAllVolumes() {
    Ran ran = harness(EVERYTHING).run();

    assertThat(ran.reason()).isEmpty();
    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(snapshots(ran)).containsOnlyKeys("vol-1", "vol-g", "vol-h");
    snapshots(ran)
        .forEach(
            (volume, snapshot) -> {
              assertSnapshot(ran, volume, snapshot);
              assertThat(tags(ran.estate().ec2(), volume))
                  .containsAllEntriesOf(FILLED_IN)
                  .containsEntry("tag-snapshot-id", snapshot.snapshotId())
                  .doesNotContainKey("tag-deleted");
            });
    List<String> ids = snapshots(ran).values().stream().map(Snapshot::snapshotId).sorted().toList();
    assertThat(tags(ran.estate().ec2(), "i-1"))
        .containsAllEntriesOf(FILLED_IN)
        .containsEntry("tag-snapshot-ids", String.join(",", ids))
        .doesNotContainKey("tag-deleted");
  }

  private static void assertSnapshot(Ran ran, String volume, Snapshot snapshot) {
    String device =
        Map.of("vol-1", "/dev/xvda", "vol-g", "/dev/sdg", "vol-h", "/dev/sdh").get(volume);
    assertThat(snapshot.stateAsString()).isEqualTo("completed");
    assertThat(snapshot.description())
        .isEqualTo(volume + ", " + device + " of i-1, a=eu-west-1: rehearsal");
    assertThat(tags(snapshot))
        .containsAllEntriesOf(FILLED_IN)
        .containsEntry("InstanceTag", "Instance0")
        .doesNotContainKey("Other")
        .containsEntry("tag-volume-id", volume)
        .containsEntry("tag-instance-id", "i-1")
        .containsEntry("tag-device", device)
        .containsEntry("OpsAutomator:ops-automator-Snapshot-SourceVolume", volume)
        .containsEntry("Name", "snapshot-ops-automator-i-1-" + volume);
    assertThat(tags(snapshot).containsKey("VolumeTag")).isEqualTo(!volume.equals("vol-1"));
    assertThat(sharedWith(ran, snapshot.snapshotId())).containsExactly(FRIEND);
  }

  @Test
  void sharedSnapshotsAreTaggedInTheAccountsTheyAreSharedWith() {
    Ran ran = harness(EVERYTHING).run();
    Snapshot shared = snapshots(ran).get("vol-g");
    Ec2Client friend = ran.estate().unguarded(Ec2Client.class, Scope.of(FRIEND, "eu-west-1"));

    assertThat(tags(friend, shared.snapshotId()))
        .containsAllEntriesOf(FILLED_IN)
        .containsEntry("VolumeTag", "Volume0")
        .doesNotContainKey(SnapshotMarkers.TOKEN);
  }

  @Test
  void createSnapshotsRootVolumeOnly() {
    Ran ran = harness(Map.of("BackupDataVolumes", false)).run();

    assertThat(snapshots(ran)).containsOnlyKeys("vol-1");
  }

  @Test
  void createSnapshotsWithDefaultName() {
    Ran ran = harness(Map.of("BackupDataVolumes", false, "SnapshotNamePrefix", "snapshot-")).run();

    assertThat(tags(snapshots(ran).get("vol-1")))
        .hasEntrySatisfying(
            "Name", name -> assertThat(name).matches("snapshot-vol-1-20260302080\\d"));
    assertThat(snapshots(ran).get("vol-1").description())
        .contains("rehearsal", "root", "vol-1", "/dev/xvda", "i-1");
  }

  @Test
  void createSnapshotsWithoutName() {
    Ran ran = harness(Map.of("SetSnapshotName", false)).run();

    assertThat(tags(snapshots(ran).get("vol-1"))).doesNotContainKey("Name");
  }

  @Test
  void createSnapshotsDataVolumesOnly() {
    Ran ran = harness(Map.of("BackupRootVolumes", false)).run();

    assertThat(snapshots(ran)).containsOnlyKeys("vol-g", "vol-h");
  }

  @Test
  void createSnapshotsVolumeWithTagfilter() {
    Ran ran = harness(Map.of("BackupRootVolumes", false, "VolumeTagFilter", "Backup=True")).run();

    assertThat(snapshots(ran)).containsOnlyKeys("vol-h");
  }

  @Test
  void reportsUnderTheDocumentedKeys() {
    Ran ran = harness(Map.of("BackupRootVolumes", false)).run();
    Map<String, Object> report = ran.outcome().report();
    String id = snapshots(ran).get("vol-g").snapshotId();

    assertThat(report)
        .containsEntry("account", Estate.HOME.account().value())
        .containsEntry("region", "eu-west-1")
        .containsEntry("instance", "i-1")
        .containsEntry("InstanceId", "i-1")
        .containsEntry("task", "rehearsal")
        .containsKey("start-time");
    assertThat(at(report, "volumes", "vol-g", "snapshot")).isEqualTo(id);
    assertThat(at(report, "volumes", "vol-g", "device")).isEqualTo("/dev/sdg");
    assertThat(at(report, "volumes", "vol-g", "create_snapshot", "State")).isEqualTo("pending");
    assertThat(at(report, "snapshots", id, "tags", "Name").toString()).startsWith("vol-g-");
    assertThat(at(report, "Volumes", 0))
        .isEqualTo(
            Map.of(
                "VolumeId", "vol-g", "SnapshotId", id, "State", "completed", "Progress", "100%"));
    assertThat(at(report, "metrics", "Action")).isEqualTo("Ec2CreateSnapshotAction");
    assertThat(at(report, "metrics", "Data"))
        .isEqualTo(Map.of("CreatedSnapshots", 2, "SnapshotsSizeTotal", 20));
  }
}
