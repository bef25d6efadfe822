package io.opsautomator.actions.ec2;

import io.opsautomator.action.ParameterSchema.Decoded;
import io.opsautomator.actions.ec2.Ec2CreateSnapshot.Params;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Estate;
import io.opsautomator.testkit.EstateRegion;
import io.opsautomator.testkit.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** An instance with a root and two data volumes, and what to ask about it afterwards. */
final class CreateSnapshotCases {
  static final String FRIEND = "123456789012";

  private CreateSnapshotCases() {}

  static Ec2CreateSnapshot action() {
    return new Ec2CreateSnapshot(
        Estate.at(VirtualTime.startingAt("2026-03-02T08:00:00Z")).clients());
  }

  static Params params(Map<String, ?> raw) {
    var decoded = action().metadata().parameters().decode(raw);
    if (decoded instanceof Decoded.Valid<Params> valid) {
      return valid.value();
    }
    throw new IllegalArgumentException(decoded.toString());
  }

  static ActionHarness<Params> harness(Map<String, ?> raw) {
    return ActionHarness.of(services -> new Ec2CreateSnapshot(services.get(AwsClients.class)))
        .with(params(raw))
        .given(CreateSnapshotCases::threeVolumes);
  }

  static void threeVolumes(Estate estate) {
    EstateRegion home = estate.in(Estate.HOME);
    home.instance(
        "i-1", "t3.micro", Map.of("InstanceTag", "Instance0", "Other", "x", "tag-deleted", "y"));
    home.tags("vol-1", Map.of("tag-deleted", "y"));
    home.volume("vol-g", 10, Map.of("VolumeTag", "Volume0", "tag-deleted", "y"));
    home.volume("vol-h", 10, Map.of("VolumeTag", "Volume1", "Backup", "True", "tag-deleted", "y"));
    home.attach("vol-g", "i-1", "/dev/sdg");
    home.attach("vol-h", "i-1", "/dev/sdh");
  }

  /** By the volume they are of. */
  static Map<String, Snapshot> snapshots(Ran ran) {
    Map<String, Snapshot> found = new TreeMap<>();
    ran.estate()
        .ec2()
        .describeSnapshots(r -> r.ownerIds("self"))
        .snapshots()
        .forEach(snapshot -> found.put(snapshot.volumeId(), snapshot));
    return found;
  }

  static Map<String, String> tags(Snapshot snapshot) {
    Map<String, String> tags = new TreeMap<>();
    snapshot.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  static Map<String, String> tags(Ec2Client ec2, String id) {
    Map<String, String> tags = new TreeMap<>();
    Filter of = Filter.builder().name("resource-id").values(id).build();
    for (TagDescription tag : ec2.describeTags(r -> r.filters(of)).tags()) {
      tags.put(tag.key(), tag.value());
    }
    return tags;
  }

  static List<String> sharedWith(Ran ran, String snapshot) {
    return ran
        .estate()
        .ec2()
        .describeSnapshotAttribute(r -> r.snapshotId(snapshot).attribute("createVolumePermission"))
        .createVolumePermissions()
        .stream()
        .map(permission -> permission.userId())
        .toList();
  }

  /** A part of the report, by keys and list positions. */
  static Object at(Object report, Object... path) {
    Object here = report;
    for (Object step : path) {
      here = here instanceof List<?> list ? list.get((Integer) step) : ((Map<?, ?>) here).get(step);
    }
    return here;
  }
}
