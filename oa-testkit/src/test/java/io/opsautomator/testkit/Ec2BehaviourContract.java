package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.RefusedException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * What EC2 does, whoever plays it: what the actions build on holds for the estate just as for an
 * emulator that others wrote. Each test works in what it created itself.
 */
abstract class Ec2BehaviourContract {
  private static final String PARTNER = "210987654321";

  /** Guarded, for an effect, in an account of this test's own, in {@code eu-west-1}. */
  protected abstract Ec2Client ec2();

  /** Waits until all that is under way has come to its end. */
  protected abstract void settle();

  @Test
  void runsAnInstanceWithItsTags() {
    String id = running("Name", "web");
    assertThat(instance(id).tags()).containsExactly(tag("Name", "web"));
    assertThat(instance(id).instanceTypeAsString()).isEqualTo("t3.micro");
    assertThat(instance(id).state().nameAsString()).isEqualTo("running");
    assertThat(instance(id).blockDeviceMappings()).hasSize(1);
  }

  @Test
  void findsInstancesByStateAndTag() {
    String id = running("Team", "data");
    running("Team", "web");
    assertThat(found(filter("tag:Team", "data"))).containsExactly(id);
    assertThat(found(filter("tag:Team", "da*"), filter("instance-state-name", "running")))
        .containsExactly(id);
    assertThat(found(filter("tag:Team", "data"), filter("instance-state-name", "stopped")))
        .isEmpty();
    assertThat(found(filter("tag-key", "Team"))).hasSize(2);
  }

  @Test
  void stopsAndStartsAnInstance() {
    String id = running("Name", "web");
    ec2().stopInstances(r -> r.instanceIds(id));
    settle();
    assertThat(instance(id).state().nameAsString()).isEqualTo("stopped");
    assertThat(instance(id).stateTransitionReason()).startsWith("User initiated");
    ec2().startInstances(r -> r.instanceIds(id));
    settle();
    assertThat(instance(id).state().nameAsString()).isEqualTo("running");
  }

  @Test
  void changesTheTypeOfAStoppedInstance() {
    String id = running("Name", "web");
    ec2().stopInstances(r -> r.instanceIds(id));
    settle();
    ec2().modifyInstanceAttribute(r -> r.instanceId(id).instanceType(t -> t.value("m5.large")));
    assertThat(instance(id).instanceTypeAsString()).isEqualTo("m5.large");
  }

  @Test
  void terminatesAnInstanceAndSaysSo() {
    String id = running("Name", "web");
    assertThat(ec2().terminateInstances(r -> r.instanceIds(id)).terminatingInstances())
        .singleElement()
        .satisfies(it -> assertThat(it.previousState().nameAsString()).isEqualTo("running"));
    settle();
    assertThat(instance(id).state().nameAsString()).isEqualTo("terminated");
  }

  @Test
  void refusesAnInstanceThatDoesNotExist() {
    String id = "i-0123456789abcdef0";
    assertRefused("InvalidInstanceID.NotFound", () -> instance(id));
    assertRefused("InvalidInstanceID.NotFound", () -> ec2().stopInstances(r -> r.instanceIds(id)));
    assertRefused("InvalidInstanceID.NotFound", () -> ec2().startInstances(r -> r.instanceIds(id)));
  }

  @Test
  void doesNothingInADryRun() {
    String id = running("Name", "web");
    assertRefused(
        "DryRunOperation", () -> ec2().stopInstances(r -> r.instanceIds(id).dryRun(true)));
    settle();
    assertThat(instance(id).state().nameAsString()).isEqualTo("running");
  }

  @Test
  void createsAVolumeAndShowsIt() {
    String id = volume(12);
    assertThat(volumes(id))
        .singleElement()
        .satisfies(it -> assertThat(it.size()).isEqualTo(12))
        .satisfies(it -> assertThat(it.stateAsString()).isEqualTo("available"));
  }

  @Test
  void showsTheVolumeOfAnInstanceAsInUse() {
    String id = running("Name", "web");
    String root = instance(id).blockDeviceMappings().get(0).ebs().volumeId();
    assertThat(volumes(root))
        .singleElement()
        .satisfies(it -> assertThat(it.stateAsString()).isEqualTo("in-use"))
        .satisfies(it -> assertThat(it.attachments().get(0).instanceId()).isEqualTo(id));
    assertThat(
            ec2().describeVolumes(r -> r.filters(filter("attachment.instance-id", id))).volumes())
        .extracting(Volume::volumeId)
        .containsExactly(root);
  }

  @Test
  void takesASnapshotThatBearsItsTagsFromTheStart() {
    String volume = volume(3);
    String id = snapshot(volume, "Token", "x");
    assertThat(snapshots(filter("tag:Token", "x"))).containsExactly(id);
    settle();
    assertThat(ec2().describeSnapshots(r -> r.snapshotIds(id)).snapshots())
        .singleElement()
        .satisfies(it -> assertThat(it.stateAsString()).isEqualTo("completed"))
        .satisfies(it -> assertThat(it.progress()).isEqualTo("100%"))
        .satisfies(it -> assertThat(it.volumeId()).isEqualTo(volume))
        .satisfies(it -> assertThat(it.volumeSize()).isEqualTo(3))
        .satisfies(it -> assertThat(it.description()).isEqualTo("a backup"));
  }

  @Test
  void findsOwnSnapshotsByVolumeAndState() {
    String one = volume(1);
    String id = snapshot(one, "Name", "a");
    snapshot(volume(1), "Name", "b");
    settle();
    assertThat(snapshots(filter("volume-id", one))).containsExactly(id);
    assertThat(snapshots(filter("volume-id", one), filter("status", "completed")))
        .containsExactly(id);
    assertThat(snapshots(filter("volume-id", one), filter("status", "pending"))).isEmpty();
    assertThat(snapshots(filter("snapshot-id", id))).containsExactly(id);
  }

  @Test
  void deletesASnapshotOnce() {
    String id = snapshot(volume(1), "Name", "a");
    settle();
    ec2().deleteSnapshot(r -> r.snapshotId(id));
    assertThat(snapshots(filter("snapshot-id", id))).isEmpty();
    assertRefused("InvalidSnapshot.NotFound", () -> ec2().deleteSnapshot(r -> r.snapshotId(id)));
    assertRefused(
        "InvalidSnapshot.NotFound", () -> ec2().describeSnapshots(r -> r.snapshotIds(id)));
  }

  @Test
  void refusesASnapshotOfNoVolume() {
    assertRefused(
        "InvalidVolume.NotFound",
        () -> ec2().createSnapshot(r -> r.volumeId("vol-0123456789abcdef0")));
    assertRefused(
        "InvalidVolume.NotFound",
        () -> ec2().describeVolumes(r -> r.volumeIds("vol-0123456789abcdef0")));
  }

  @Test
  void sharesASnapshotAndTakesThatBack() {
    String id = snapshot(volume(1), "Name", "a");
    settle();
    share(id, OperationType.ADD);
    assertThat(permissions(id)).extracting(CreateVolumePermission::userId).containsExactly(PARTNER);
    share(id, OperationType.REMOVE);
    assertThat(permissions(id)).isEmpty();
  }

  @Test
  void putsTagsOverTagsAndTakesThemOff() {
    String id = volume(1);
    ec2().createTags(r -> r.resources(id).tags(tag("A", "1"), tag("B", "2")));
    ec2().createTags(r -> r.resources(id).tags(tag("B", "3")));
    assertThat(volumes(id).get(0).tags()).containsExactlyInAnyOrder(tag("A", "1"), tag("B", "3"));
    ec2().deleteTags(r -> r.resources(id).tags(Tag.builder().key("A").build()));
    assertThat(ec2().describeTags(r -> r.filters(filter("resource-id", id))).tags())
        .extracting(TagDescription::key)
        .containsExactly("B");
  }

  @Test
  void refusesTagsOnNothing() {
    assertRefused(
        "InvalidVolume.NotFound",
        () -> ec2().createTags(r -> r.resources("vol-0123456789abcdef0").tags(tag("A", "1"))));
  }

  @Test
  void namesTheRegions() {
    assertThat(ec2().describeRegions().regions())
        .extracting(Region::regionName)
        .contains("eu-west-1", "us-east-1", "ap-southeast-2");
  }

  private String running(String key, String value) {
    String image = ec2().describeImages(r -> r.owners("amazon")).images().get(0).imageId();
    String id =
        ec2()
            .runInstances(
                r ->
                    r.imageId(image)
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(1)
                        .tagSpecifications(specification(ResourceType.INSTANCE, tag(key, value))))
            .instances()
            .get(0)
            .instanceId();
    settle();
    return id;
  }

  private Instance instance(String id) {
    return ec2().describeInstances(r -> r.instanceIds(id)).reservations().get(0).instances().get(0);
  }

  private List<String> found(Filter... filters) {
    return ec2().describeInstances(r -> r.filters(filters)).reservations().stream()
        .flatMap(it -> it.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }

  private String volume(int gibibytes) {
    return ec2().createVolume(r -> r.size(gibibytes).availabilityZone("eu-west-1a")).volumeId();
  }

  private List<Volume> volumes(String id) {
    return ec2().describeVolumes(r -> r.volumeIds(id)).volumes();
  }

  private String snapshot(String volume, String key, String value) {
    return ec2()
        .createSnapshot(
            r ->
                r.volumeId(volume)
                    .description("a backup")
                    .tagSpecifications(specification(ResourceType.SNAPSHOT, tag(key, value))))
        .snapshotId();
  }

  private List<String> snapshots(Filter... filters) {
    return ec2().describeSnapshots(r -> r.ownerIds("self").filters(filters)).snapshots().stream()
        .map(Snapshot::snapshotId)
        .toList();
  }

  /** By operation and user ids; the emulator overlooks the other form of the same request. */
  private void share(String id, OperationType operation) {
    ec2()
        .modifySnapshotAttribute(
            r ->
                r.snapshotId(id)
                    .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                    .operationType(operation)
                    .userIds(PARTNER));
  }

  private List<CreateVolumePermission> permissions(String id) {
    return ec2()
        .describeSnapshotAttribute(
            r -> r.snapshotId(id).attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))
        .createVolumePermissions();
  }

  private static TagSpecification specification(ResourceType type, Tag tag) {
    return TagSpecification.builder().resourceType(type).tags(tag).build();
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
