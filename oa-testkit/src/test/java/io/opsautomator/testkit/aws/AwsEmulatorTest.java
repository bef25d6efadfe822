package io.opsautomator.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.RefusedException;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.CallRecorder;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.aws.Instance;
import io.opsautomator.aws.PlanGuardException;
import io.opsautomator.aws.Snapshot;
import io.opsautomator.aws.Volume;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceSelector.Listing;
import io.opsautomator.resource.ResourceSelector.Query;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The adapter against an emulator: real clients, real wire, real answers. */
@ExtendWith(AwsEndpoint.class)
final class AwsEmulatorTest {
  private final CallRecorder recorder = new CallRecorder();
  private final AwsConnection connection;
  private final String account;
  private final String otherAccount;

  AwsEmulatorTest(EmulatedAws emulated) {
    connection = emulated.aws().listenedToBy(recorder).connect();
    account = emulated.newAccount();
    otherAccount = emulated.newAccount();
  }

  private record Caller(Scope scope, boolean mayMutate) implements Invocation {
    @Override
    public Deadline deadline() {
      InstantSource clock = InstantSource.system();
      return new Deadline(clock.instant().plus(Duration.ofMinutes(1)), clock);
    }

    @Override
    public Invocation in(Scope elsewhere) {
      return new Caller(elsewhere, mayMutate);
    }
  }

  private Caller planning(String where, String region) {
    return new Caller(Scope.of(where, region), false);
  }

  private Ec2Client acting(String where, String region) {
    return connection.clients().client(Ec2Client.class, new Caller(Scope.of(where, region), true));
  }

  private String volume(String where, String region, Tag... tags) {
    TagSpecification tagged =
        TagSpecification.builder().resourceType(ResourceType.VOLUME).tags(tags).build();
    CreateVolumeRequest.Builder request =
        CreateVolumeRequest.builder().size(1).availabilityZone(region + "a");
    if (tags.length > 0) {
      request.tagSpecifications(tagged);
    }
    return acting(where, region).createVolume(request.build()).volumeId();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private <R extends Record> List<Resource<R>> all(
      ResourceSelector<R> selector, Invocation caller, Query query) {
    List<Resource<R>> found = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Listing<R> page = selector.list(caller, query, token);
      found.addAll(page.resources());
      token = page.next();
    } while (token.isPresent());
    return found;
  }

  private List<String> volumes(String where, String region, Query query) {
    return all(Ec2Selectors.volumes(connection.clients()), planning(where, region), query).stream()
        .map(Resource::id)
        .toList();
  }

  @BeforeEach
  void forgetWhatWasCalled() {
    recorder.clear();
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @Test
  void accountsAndRegionsAreWorldsOfTheirOwn() {
    String here = volume(account, "eu-west-1");
    String there = volume(otherAccount, "us-east-1");

    assertThat(volumes(account, "eu-west-1", Query.ALL)).containsExactly(here);
    assertThat(volumes(account, "us-east-1", Query.ALL)).isEmpty();
    assertThat(volumes(otherAccount, "eu-west-1", Query.ALL)).isEmpty();
    assertThat(volumes(otherAccount, "us-east-1", Query.ALL)).containsExactly(there);
  }

  @Test
  void aTagKeyIsAskedForAtTheSource() {
    volume(account, "eu-west-1");
    String tagged = volume(account, "eu-west-1", tag("Backup", "daily"));

    assertThat(volumes(account, "eu-west-1", new Query(Optional.of("Backup"))))
        .containsExactly(tagged);
  }

  @Test
  void aSnapshotIsTakenFoundAndDeletedThroughTheGuard() {
    String volume = volume(account, "eu-west-1");
    String snapshot =
        acting(account, "eu-west-1").createSnapshot(r -> r.volumeId(volume)).snapshotId();

    List<String> found = snapshotsOf(volume);
    acting(account, "eu-west-1").deleteSnapshot(r -> r.snapshotId(snapshot));

    assertThat(found).containsExactly(snapshot);
    assertThat(snapshotsOf(volume)).isEmpty();
    assertThat(recorder.permissions())
        .containsExactlyInAnyOrder(
            "ec2:CreateVolume",
            "ec2:CreateSnapshot",
            "ec2:DescribeSnapshots",
            "ec2:DeleteSnapshot");
  }

  /** By volume, since the emulator counts those of its images as everybody's own. */
  private List<String> snapshotsOf(String volume) {
    ResourceSelector<Snapshot> selector = Ec2Selectors.snapshots(connection.clients());
    return all(selector, planning(account, "eu-west-1"), Query.ALL).stream()
        .filter(snapshot -> snapshot.attributes().volumeId().equals(volume))
        .map(Resource::id)
        .toList();
  }

  @Test
  void anInstanceIsListedUntilItIsTerminated() {
    Ec2Client ec2 = acting(account, "eu-west-1");
    String image = ec2.describeImages(r -> r.owners("amazon")).images().get(0).imageId();
    String instance =
        ec2.runInstances(r -> r.imageId(image).minCount(1).maxCount(1))
            .instances()
            .get(0)
            .instanceId();
    ResourceSelector<Instance> selector = Ec2Selectors.instances(connection.clients());
    Caller caller = planning(account, "eu-west-1");

    List<Resource<Instance>> alive = all(selector, caller, Query.ALL);
    ec2.terminateInstances(r -> r.instanceIds(instance));

    assertThat(alive).extracting(Resource::id).containsExactly(instance);
    assertThat(alive.get(0).attributes().state()).isEqualTo("running");
    assertThat(alive.get(0).attributes().volumes()).hasSize(1);
    assertThat(all(selector, caller, Query.ALL)).isEmpty();
  }

  @Test
  void d01_aRefusalCarriesTheServicesOwnCode() {
    Ec2Client ec2 = acting(account, "eu-west-1");

    assertThatThrownBy(() -> ec2.stopInstances(r -> r.instanceIds("i-0123456789abcdef0")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo("InvalidInstanceID.NotFound"));
  }

  @Test
  void whoOnlyPlansChangesNothing() {
    String volume = volume(account, "eu-west-1");
    Ec2Client ec2 = connection.clients().client(Ec2Client.class, planning(account, "eu-west-1"));

    assertThatThrownBy(() -> ec2.deleteVolume(r -> r.volumeId(volume)))
        .isInstanceOf(PlanGuardException.class);
    assertThat(volumes(account, "eu-west-1", Query.ALL)).containsExactly(volume);
  }

  @Test
  void itKnowsWhoItIsAndWhichRegionsAreOn() {
    assertThat(connection.whoAmI().partition()).isEqualTo("aws");
    assertThat(connection.enabledRegions(new Scope.AccountId(account)))
        .contains(new Scope.Region("eu-west-1"), new Scope.Region("us-east-1"));
  }

  @Test
  void volumesSayWhatTheyAre() {
    volume(account, "eu-west-1");

    assertThat(
            all(
                Ec2Selectors.volumes(connection.clients()),
                planning(account, "eu-west-1"),
                Query.ALL))
        .extracting(Resource::attributes)
        .containsExactly(new Volume("available", 1, Optional.empty()));
  }
}
