package io.opsautomator.testkit;

import static io.opsautomator.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.sts.StsClient;

/** What the estate does beyond what every EC2 does: time, accounts, pictures. */
final class EstateTest {
  private static final String OTHER = "222233334444";
  private final VirtualTime time = VirtualTime.startingAt("2026-03-01T00:00:00Z");
  private final Estate estate = Estate.at(time);
  private final Ec2Client ec2 = estate.ec2();

  @Test
  void stopsAndStartsAnInstanceInVirtualTime() {
    estate.instance("i-1", "t3.micro", Map.of("Name", "web"));
    ec2.stopInstances(r -> r.instanceIds("i-1"));
    assertThat(state("i-1")).isEqualTo("stopping");
    time.advance(Duration.ofSeconds(30));
    assertThat(state("i-1")).isEqualTo("stopped");
    ec2.startInstances(r -> r.instanceIds("i-1"));
    assertThat(state("i-1")).isEqualTo("pending");
    time.advance(Duration.ofSeconds(20));
    assertThat(state("i-1")).isEqualTo("running");
  }

  @Test
  void refusesToStartWhatIsStillStopping() {
    estate.instance("i-1", "t3.micro", Map.of());
    ec2.stopInstances(r -> r.instanceIds("i-1"));
    assertRefused(
        "IncorrectInstanceState", 400, () -> ec2.startInstances(r -> r.instanceIds("i-1")));
    assertRefused(
        "IncorrectInstanceState",
        400,
        () ->
            ec2.modifyInstanceAttribute(
                r -> r.instanceId("i-1").instanceType(t -> t.value("m5.large"))));
  }

  @Test
  void changesNoneOfSeveralWhenOneIsRefused() {
    estate.instance("i-1", "t3.micro", Map.of());
    assertRefused(
        "InvalidInstanceID.NotFound",
        400,
        () -> ec2.stopInstances(r -> r.instanceIds("i-1", "i-9")));
    assertThat(state("i-1")).isEqualTo("running");
  }

  @Test
  void letsAnInstanceFallBackWithAReason() {
    estate.instance("i-1", "t3.micro", Map.of());
    estate.in(Estate.HOME).stopFallsBack("i-1", "Server.InternalError: it hangs");
    ec2.stopInstances(r -> r.instanceIds("i-1"));
    time.advance(Duration.ofMinutes(1));
    assertThat(state("i-1")).isEqualTo("running");
    assertThat(instance("i-1").stateReason().code()).isEqualTo("Server.InternalError");
  }

  @Test
  void hasNoCapacityForATypeUntilItHasAgain() {
    estate.in(Estate.HOME).stoppedInstance("i-1", "m5.large", Map.of());
    estate.faults().noCapacityFor("m5.large");
    assertRefused(
        "InsufficientInstanceCapacity", 500, () -> ec2.startInstances(r -> r.instanceIds("i-1")));
    estate.faults().capacityFor("m5.large");
    ec2.startInstances(r -> r.instanceIds("i-1"));
    assertThat(state("i-1")).isEqualTo("pending");
  }

  @Test
  void completesASnapshotByTheSizeOfItsVolume() {
    estate.snapshotsTake(Duration.ofSeconds(20), Duration.ofSeconds(10)); // 8 GiB: 100 s
    estate.instance("i-1", "t3.micro", Map.of());
    String id = ec2.createSnapshot(r -> r.volumeId("vol-1")).snapshotId();
    time.advance(Duration.ofSeconds(40));
    assertThat(snapshot(id).progress()).isEqualTo("40%");
    assertThat(snapshot(id).stateAsString()).isEqualTo("pending");
    time.advance(Duration.ofSeconds(60));
    assertThat(snapshot(id).stateAsString()).isEqualTo("completed");
  }

  @Test
  void letsASnapshotEndInError() {
    estate.instance("i-1", "t3.micro", Map.of());
    estate.faults().snapshotFails("vol-1");
    String id = ec2.createSnapshot(r -> r.volumeId("vol-1")).snapshotId();
    time.advance(Duration.ofHours(1));
    assertThat(snapshot(id).stateAsString()).isEqualTo("error");
    assertThat(snapshot(id).stateMessage()).isNotEmpty();
  }

  @Test
  void limitsSnapshotsOfOneVolumeToOneInFifteenSeconds() {
    estate.instance("i-1", "t3.micro", Map.of());
    ec2.createSnapshot(r -> r.volumeId("vol-1"));
    time.advance(Duration.ofSeconds(14));
    assertRefused(
        "SnapshotCreationPerVolumeRateExceeded",
        400,
        () -> ec2.createSnapshot(r -> r.volumeId("vol-1")));
    time.advance(Duration.ofSeconds(1));
    assertThat(ec2.createSnapshot(r -> r.volumeId("vol-1")).snapshotId()).startsWith("snap-");
  }

  @Test
  void keepsASnapshotThatAnImageUses() {
    EstateRegion region = estate.in(Estate.HOME);
    region.snapshot("snap-1", "vol-1", Instant.parse("2026-01-01T00:00:00Z"), Map.of());
    region.image("ami-1", List.of("snap-1"));
    assertRefused(
        "InvalidSnapshot.InUse", 400, () -> ec2.deleteSnapshot(r -> r.snapshotId("snap-1")));
    assertThat(
            ec2.describeImages(
                    r ->
                        r.owners("self")
                            .filters(filter("block-device-mapping.snapshot-id", "snap-1")))
                .images())
        .extracting(it -> it.imageId())
        .containsExactly("ami-1");
  }

  @Test
  void showsWhatWasCreatedOnlyAfterTheLag() {
    estate.descriptionsLag(Duration.ofSeconds(10));
    estate.instance("i-1", "t3.micro", Map.of());
    String id = ec2.createSnapshot(r -> r.volumeId("vol-1")).snapshotId();
    assertThat(own()).isEmpty();
    assertRefused("InvalidSnapshot.NotFound", 400, () -> snapshot(id));
    time.advance(Duration.ofSeconds(10));
    assertThat(own()).containsExactly(id);
  }

  @Test
  void sharesASnapshotWithAnotherAccountThatTagsItForItself() {
    estate.instance("i-1", "t3.micro", Map.of());
    String id = ec2.createSnapshot(tagged("Owner", "us")).snapshotId();
    Ec2Client theirs = client(OTHER, "eu-west-1");
    assertRefused(
        "InvalidSnapshot.NotFound", 400, () -> theirs.describeSnapshots(r -> r.snapshotIds(id)));
    ec2.modifySnapshotAttribute(
        r ->
            r.snapshotId(id)
                .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                .createVolumePermission(
                    p -> p.add(CreateVolumePermission.builder().userId(OTHER).build())));
    theirs.createTags(r -> r.resources(id).tags(tag("Owner", "them")));
    assertThat(theirs.describeSnapshots(r -> r.restorableByUserIds("self")).snapshots())
        .singleElement()
        .satisfies(it -> assertThat(it.tags()).containsExactly(tag("Owner", "them")));
    assertThat(snapshot(id).tags()).containsExactly(tag("Owner", "us"));
    assertRefused("UnauthorizedOperation", 403, () -> theirs.deleteSnapshot(r -> r.snapshotId(id)));
  }

  @Test
  void sharesASnapshotOnceHoweverOftenItIsTold() {
    EstateRegion region = estate.in(Estate.HOME);
    region.snapshot("snap-1", "vol-1", Instant.parse("2026-01-01T00:00:00Z"), Map.of());
    region.share("snap-1", Set.of(OTHER));
    CreateVolumePermission permission = CreateVolumePermission.builder().userId(OTHER).build();
    ec2.modifySnapshotAttribute(
        r -> r.snapshotId("snap-1").createVolumePermission(p -> p.add(permission)));
    assertThat(ec2.describeSnapshotAttribute(r -> r.snapshotId("snap-1")).createVolumePermissions())
        .containsExactly(permission);
  }

  @Test
  void keepsAccountsAndRegionsApart() {
    estate.in(OTHER, "eu-west-1").instance("i-1", "t3.micro", Map.of());
    estate.in("111122223333", "us-east-1").instance("i-2", "t3.micro", Map.of());
    assertThat(ec2.describeInstances().reservations()).isEmpty();
    assertThat(client(OTHER, "eu-west-1").describeInstances().reservations()).hasSize(1);
    assertThat(
            estate
                .unguarded(StsClient.class, estate.in(OTHER, "eu-west-1").scope())
                .getCallerIdentity()
                .account())
        .isEqualTo(OTHER);
  }

  @Test
  void runsTheSameInstanceOnceForOneClientToken() {
    String image = ec2.describeImages().images().get(0).imageId();
    String first = run(image);
    assertThat(run(image)).isEqualTo(first);
    assertThat(ec2.describeInstances().reservations()).hasSize(1);
  }

  private String run(String image) {
    return ec2.runInstances(
            r -> r.imageId(image).instanceType("t3.micro").minCount(1).maxCount(1).clientToken("t"))
        .instances()
        .get(0)
        .instanceId();
  }

  @Test
  void takesTheRootVolumeAwayWithItsInstance() {
    estate.instance("i-1", "t3.micro", Map.of());
    estate.in(Estate.HOME).volume("vol-data", 10, Map.of());
    estate.in(Estate.HOME).attach("vol-data", "i-1", "/dev/sdg");
    ec2.terminateInstances(r -> r.instanceIds("i-1"));
    time.advance(Duration.ofMinutes(1));
    assertThat(state("i-1")).isEqualTo("terminated");
    assertThat(ec2.describeVolumes().volumes())
        .singleElement()
        .satisfies(it -> assertThat(it.volumeId()).isEqualTo("vol-data"))
        .satisfies(it -> assertThat(it.stateAsString()).isEqualTo("available"));
    time.advance(Duration.ofHours(1));
    assertThat(ec2.describeInstances().reservations()).isEmpty();
  }

  @Test
  void snapshotsAllVolumesOfAnInstanceAtOnce() {
    estate.instance("i-1", "t3.micro", Map.of());
    estate.in(Estate.HOME).volume("vol-data", 10, Map.of("Kind", "data"));
    estate.in(Estate.HOME).attach("vol-data", "i-1", "/dev/sdg");
    ec2.createSnapshots(
        r -> r.instanceSpecification(i -> i.instanceId("i-1")).copyTagsFromSource("volume"));
    assertThat(ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots())
        .extracting(Snapshot::volumeId)
        .containsExactlyInAnyOrder("vol-1", "vol-data");
    assertThat(ec2.describeSnapshots(r -> r.filters(filter("tag:Kind", "data"))).snapshots())
        .hasSize(1);
  }

  @Test
  void drawsTheSamePictureOfEqualWorldsWhateverTheirIdsAndTimes() {
    Estate earlier = snapshotted(1, it -> {});
    Estate later = snapshotted(2, it -> it.createVolume(r -> r.size(1).availabilityZone("a")));
    assertThat(earlier.picture()).contains("snapshot-of-vol-1").isNotEqualTo(later.picture());
    assertThat(snapshotted(3, it -> it.describeInstances()).picture()).isEqualTo(earlier.picture());
  }

  private static Estate snapshotted(int seed, Consumer<Ec2Client> more) {
    VirtualTime time = VirtualTime.startingAt("2026-03-0" + seed + "T00:00:00Z");
    Estate estate = Estate.seeded(time, seed);
    estate.instance("i-1", "t3.micro", Map.of());
    String id = estate.ec2().createSnapshot(r -> r.volumeId("vol-1")).snapshotId();
    estate.ec2().createTags(r -> r.resources("i-1").tags(tag("snapshot-ids", id)));
    more.accept(estate.ec2());
    time.advance(Duration.ofHours(1));
    return estate;
  }

  @Test
  void writesEveryCallIntoTheLedger() {
    estate.instance("i-1", "t3.micro", Map.of());
    String id = ec2.createSnapshot(tagged("token", "x")).snapshotId();
    assertRefused(
        "InvalidVolume.NotFound", 400, () -> ec2.createSnapshot(r -> r.volumeId("vol-9")));
    assertThat(estate.calls()).hasSize(2);
    Call made = estate.calls().get(0);
    assertThat(made.operation()).isEqualTo("CreateSnapshot");
    assertThat(made.arguments())
        .containsEntry("resources", "vol-1")
        .containsEntry("tags", "token=x");
    assertThat(made.answer().created()).containsExactly(id);
    assertThat(estate.calls().get(1).answer().code()).isEqualTo("InvalidVolume.NotFound");
  }

  @Test
  void refusesASetupThatMakesNoSense() {
    estate.instance("i-1", "t3.micro", Map.of());
    assertThatThrownBy(() -> estate.instance("i-1", "t3.micro", Map.of()))
        .hasMessageContaining("i-1 exists already in 111122223333/eu-west-1");
    assertThatThrownBy(() -> estate.instance("x", "t3.micro", Map.of()))
        .hasMessageContaining("x must begin with i-");
    assertThatThrownBy(() -> estate.in(Estate.HOME).share("snap-9", Set.of(OTHER)))
        .hasMessageContaining("snap-9 does not exist");
  }

  @Test
  void populatesThreeAccountsAndFourRegionsForADemonstration() {
    estate.populate(1);
    Estate again = Estate.at(time);
    again.populate(1);
    assertThat(estate.picture()).isEqualTo(again.picture());
    assertThat(estate.picture().lines().count()).isBetween(1700L, 2400L);
  }

  private String state(String id) {
    return instance(id).state().nameAsString();
  }

  private Instance instance(String id) {
    return ec2.describeInstances(r -> r.instanceIds(id)).reservations().get(0).instances().get(0);
  }

  private Snapshot snapshot(String id) {
    return ec2.describeSnapshots(r -> r.snapshotIds(id)).snapshots().get(0);
  }

  private List<String> own() {
    return ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots().stream()
        .map(Snapshot::snapshotId)
        .toList();
  }

  private Ec2Client client(String account, String region) {
    return estate.unguarded(Ec2Client.class, estate.in(account, region).scope());
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private static CreateSnapshotRequest tagged(String key, String value) {
    return CreateSnapshotRequest.builder()
        .volumeId("vol-1")
        .tagSpecifications(
            TagSpecification.builder()
                .resourceType(ResourceType.SNAPSHOT)
                .tags(tag(key, value))
                .build())
        .build();
  }
}
