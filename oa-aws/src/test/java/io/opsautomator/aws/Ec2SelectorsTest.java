package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.RefusedException;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceSelector.Listing;
import io.opsautomator.resource.ResourceSelector.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class Ec2SelectorsTest {
  private static final String INSTANCES =
      """
      <DescribeInstancesResponse><reservationSet><item><instancesSet><item>
        <instanceId>i-1</instanceId><instanceState><code>16</code><name>running</name></instanceState>
        <instanceType>m7g.large</instanceType><rootDeviceName>/dev/xvda</rootDeviceName>
        <blockDeviceMapping><item><deviceName>/dev/xvda</deviceName>
          <ebs><volumeId>vol-1</volumeId></ebs></item></blockDeviceMapping>
        <tagSet><item><key> Stage </key><value> prod </value></item><item><key>Empty</key></item></tagSet>
      </item></instancesSet></item></reservationSet>%s</DescribeInstancesResponse>
      """;

  private static AwsClients over(StubHttp wire) {
    return new GuardedClients(new StubSource(wire));
  }

  @Test
  void anInstanceIsReadWithItsVolumesAndItsTagsWithoutSurroundingBlanks() {
    StubHttp wire = StubHttp.always(200, INSTANCES.formatted(""));

    Listing<Instance> page =
        Ec2Selectors.instances(over(wire))
            .list(Callers.outsideOfEffects(), Query.ALL, Optional.empty());

    assertThat(page.next()).isEmpty();
    assertThat(page.resources())
        .containsExactly(
            new Resource<>(
                Instance.TYPE,
                "i-1",
                Callers.outsideOfEffects().scope(),
                Map.of("Stage", "prod", "Empty", ""),
                new Instance("running", "m7g.large", "/dev/xvda", Map.of("vol-1", "/dev/xvda"))));
    assertThat(wire.asked().get(0).form())
        .containsEntry("Filter.1.Name", "instance-state-name")
        .doesNotContainValue("terminated");
  }

  @Test
  void aListingGoesOnWhereThePageBeforeEnded() {
    StubHttp wire =
        new StubHttp(
            asked ->
                new StubHttp.Answer(
                    200,
                    INSTANCES.formatted(
                        asked.form().containsKey("NextToken")
                            ? "<nextToken></nextToken>"
                            : "<nextToken>more</nextToken>")));
    ResourceSelector<Instance> selector = Ec2Selectors.instances(over(wire));

    Listing<Instance> first =
        selector.list(Callers.outsideOfEffects(), Query.ALL, Optional.empty());
    Listing<Instance> last = selector.list(Callers.outsideOfEffects(), Query.ALL, first.next());

    assertThat(first.next()).contains("more");
    assertThat(wire.asked().get(1).form()).containsEntry("NextToken", "more");
    assertThat(last.next()).isEmpty();
  }

  @Test
  void w56_aPageOfResourcesComesWithItsTagsInOneCall() {
    StubHttp wire = StubHttp.always(200, INSTANCES.formatted("<nextToken>more</nextToken>"));

    Listing<Instance> page =
        Ec2Selectors.instances(over(wire))
            .list(Callers.outsideOfEffects(), Query.ALL, Optional.empty());

    assertThat(page.resources().get(0).tags()).containsKey("Stage");
    assertThat(wire.actions()).containsExactly("DescribeInstances");
  }

  @Test
  void aTagKeyIsFilteredAtTheSourceLiterally() {
    StubHttp wire = StubHttp.always(200, "<DescribeVolumesResponse/>");

    Ec2Selectors.volumes(over(wire))
        .list(Callers.outsideOfEffects(), new Query(Optional.of("a*b?\\c")), Optional.empty());

    assertThat(wire.asked().get(0).form())
        .containsEntry("Filter.1.Name", "tag-key")
        .containsEntry("Filter.1.Value.1", "a\\*b\\?\\\\c");
  }

  @Test
  void singleResourcesAreFoundByAFilterSoThatOneThatIsGoneIsNoError() {
    StubHttp wire = StubHttp.always(200, INSTANCES.formatted(""));

    assertThat(
            Ec2Selectors.instances(over(wire))
                .find(Callers.outsideOfEffects(), List.of("i-1", "i-gone")))
        .hasValueSatisfying(found -> assertThat(found).isNotEmpty());

    assertThat(wire.asked()).hasSize(1);
    assertThat(wire.asked().get(0).form())
        .containsEntry("Filter.1.Name", "instance-state-name")
        .containsEntry("Filter.2.Name", "instance-id")
        .containsEntry("Filter.2.Value.1", "i-1")
        .containsEntry("Filter.2.Value.2", "i-gone");
  }

  @Test
  void aVolumeKnowsWhatItIsAttachedTo() {
    StubHttp wire =
        StubHttp.always(
            200,
            """
            <DescribeVolumesResponse><volumeSet>
              <item><volumeId>vol-1</volumeId><size>8</size><status>in-use</status>
                <attachmentSet><item><instanceId>i-1</instanceId></item></attachmentSet></item>
              <item><volumeId>vol-2</volumeId><size>9</size><status>available</status></item>
            </volumeSet></DescribeVolumesResponse>
            """);

    assertThat(
            Ec2Selectors.volumes(over(wire))
                .list(Callers.outsideOfEffects(), Query.ALL, Optional.empty())
                .resources())
        .extracting(Resource::attributes)
        .containsExactly(
            new Volume("in-use", 8, Optional.of("i-1")),
            new Volume("available", 9, Optional.empty()));
  }

  @Test
  void onlySnapshotsOfOnesOwnAreListedInEveryState() {
    StubHttp wire =
        StubHttp.always(
            200,
            """
            <DescribeSnapshotsResponse><snapshotSet><item><snapshotId>snap-1</snapshotId>
              <volumeId>vol-1</volumeId><status>pending</status>
              <startTime>2026-03-01T10:00:00.000Z</startTime><volumeSize>8</volumeSize>
            </item></snapshotSet></DescribeSnapshotsResponse>
            """);

    assertThat(
            Ec2Selectors.snapshots(over(wire))
                .list(Callers.outsideOfEffects(), Query.ALL, Optional.empty())
                .resources())
        .extracting(Resource::attributes)
        .containsExactly(
            new Snapshot("vol-1", Instant.parse("2026-03-01T10:00:00Z"), "pending", 8));
    assertThat(wire.asked().get(0).form()).containsEntry("Owner.1", "self");
  }

  @Test
  void w13_whatMayNotBeListedIsAnErrorAndNeverAShorterPage() {
    StubHttp wire = new StubHttp(asked -> StubHttp.ec2Error(403, "UnauthorizedOperation"));

    assertThatThrownBy(
            () ->
                Ec2Selectors.instances(over(wire))
                    .list(Callers.outsideOfEffects(), Query.ALL, Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ec2:DescribeInstances");
  }

  @Test
  void everyTypeHasItsSelector() {
    assertThat(Ec2Selectors.of(over(StubHttp.always(200, ""))))
        .extracting(selector -> selector.type().key())
        .containsExactly("ec2:Instances", "ec2:Volumes", "ec2:Snapshots");
  }
}
