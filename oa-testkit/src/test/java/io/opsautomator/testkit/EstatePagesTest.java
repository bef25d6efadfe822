package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Listings come in pages, and filters and limits are checked as EC2 checks them. */
final class EstatePagesTest {
  private final Estate estate = Estate.at(VirtualTime.startingAt("2026-03-01T00:00:00Z"));
  private final Ec2Client ec2 = estate.ec2();

  @BeforeEach
  void twelveSnapshots() {
    for (int i = 10; i < 22; i++) {
      estate
          .in(Estate.HOME)
          .snapshot("snap-" + i, "vol-1", Instant.parse("2026-01-" + i + "T00:00:00Z"), Map.of());
    }
  }

  @Test
  void leadsFromPageToPageThroughAllThereIs() {
    List<String> seen = new ArrayList<>();
    DescribeSnapshotsResponse page = ec2.describeSnapshots(r -> r.maxResults(5));
    while (page.nextToken() != null) {
      assertThat(page.snapshots()).hasSize(5);
      page.snapshots().forEach(it -> seen.add(it.snapshotId()));
      String token = page.nextToken();
      page = ec2.describeSnapshots(r -> r.maxResults(5).nextToken(token));
    }
    page.snapshots().forEach(it -> seen.add(it.snapshotId()));
    assertThat(seen).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void servesTheSdksPaginators() {
    assertThat(ec2.describeSnapshotsPaginator(r -> r.maxResults(5)).snapshots())
        .extracting(Snapshot::snapshotId)
        .hasSize(12);
    assertThat(estate.calls()).hasSize(3);
  }

  @Test
  void skipsNothingWhenWhatWasListedIsDeletedMeanwhile() {
    DescribeSnapshotsResponse page = ec2.describeSnapshots(r -> r.maxResults(5));
    page.snapshots().forEach(it -> ec2.deleteSnapshot(r -> r.snapshotId(it.snapshotId())));
    assertThat(ec2.describeSnapshots(r -> r.nextToken(page.nextToken())).snapshots()).hasSize(7);
  }

  @Test
  void refusesATokenThatIsNotItsOwn() {
    assertRefused("InvalidParameterValue", () -> ec2.describeSnapshots(r -> r.nextToken("no")));
    String token = ec2.describeSnapshots(r -> r.maxResults(5)).nextToken();
    assertRefused("InvalidParameterValue", () -> ec2.describeVolumes(r -> r.nextToken(token)));
  }

  @Test
  void refusesPagesOfNamedThingsAndPagesTooSmall() {
    assertRefused(
        "InvalidParameterCombination",
        () -> ec2.describeSnapshots(r -> r.snapshotIds("snap-10").maxResults(5)));
    assertRefused("InvalidParameterValue", () -> ec2.describeSnapshots(r -> r.maxResults(4)));
  }

  @Test
  void refusesAFilterThatItDoesNotKnow() {
    Filter wrong = Filter.builder().name("colour").values("red").build();
    assertRefused("InvalidParameterValue", () -> ec2.describeVolumes(r -> r.filters(wrong)));
  }

  @Test
  void refusesTooManyTagsAndTagsThatAreReserved() {
    String[] ids = {"snap-10"};
    estate.in(Estate.HOME).tags("snap-10", many(50));
    assertRefused("TagLimitExceeded", () -> tag(ids, "one more"));
    assertRefused("InvalidParameterValue", () -> tag(ids, "aws:mine"));
    assertRefused("InvalidID", () -> tag(new String[] {"x-1"}, "a"));
  }

  @Test
  void createsOneVolumeForOneClientToken() {
    String first = volume("token");
    assertThat(volume("token")).isEqualTo(first);
    assertThat(volume("another")).isNotEqualTo(first);
    assertThat(ec2.describeVolumes().volumes()).extracting(Volume::volumeId).hasSize(2);
  }

  private String volume(String token) {
    return ec2.createVolume(r -> r.size(1).availabilityZone("eu-west-1a").clientToken(token))
        .volumeId();
  }

  private void tag(String[] ids, String key) {
    ec2.createTags(r -> r.resources(ids).tags(Tag.builder().key(key).value("x").build()));
  }

  private static Map<String, String> many(int tags) {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < tags; i++) {
      many.put("k" + i, "v");
    }
    return many;
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Ec2Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
