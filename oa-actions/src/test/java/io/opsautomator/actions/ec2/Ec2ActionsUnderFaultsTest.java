package io.opsautomator.actions.ec2;

import static io.opsautomator.actions.ec2.CreateSnapshotCases.FRIEND;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.harness;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.snapshots;
import static io.opsautomator.actions.ec2.CreateSnapshotCases.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Invocation;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Estate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

final class Ec2ActionsUnderFaultsTest {
  private static final String OTHER_FRIEND = "210987654321";
  private static final Map<String, ?> SHARED =
      Map.of(
          "CreateVolumePermission", List.of(FRIEND, OTHER_FRIEND),
          "TagSharedSnapshots", true,
          "SnapshotTags", "a=b",
          "VolumeTags", "last={snapshot-id}",
          "InstanceTags", "last={snapshot-ids}");

  /** Answers as the estate, but an account may be out of reach; hears under which roles. */
  private record Reach(AwsClients estate, String unreachable, Set<String> roles)
      implements AwsClients {
    @Override
    public <C extends SdkClient> C client(Class<C> type, Invocation caller) {
      String account = caller.scope().account().value();
      if (account.equals(unreachable)) {
        throw new ActionException("RoleNotAssumed", "the role cannot be assumed");
      }
      roles.add(account + " " + caller.role().name().orElse("by default"));
      return estate.client(type, caller);
    }
  }

  private static Ran shared(Map<String, ?> parameters, String unreachable, Set<String> roles) {
    return ActionHarness.of(
            services ->
                new Ec2CreateSnapshot(
                    new Reach(services.get(AwsClients.class), unreachable, roles)))
        .with(CreateSnapshotCases.params(parameters))
        .given(CreateSnapshotCases::threeVolumes)
        .task(task -> task.role("Backup"))
        .run();
  }

  private static Map<String, String> tagsOfFriend(Ran ran, String friend) {
    return tags(
        ran.estate().unguarded(Ec2Client.class, Scope.of(friend, "eu-west-1")),
        snapshots(ran).get("vol-g").snapshotId());
  }

  @Test
  void anAccountThatCannotBeReachedIsToldOfAndTheNextIsTagged() {
    Ran ran = shared(SHARED, FRIEND, new TreeSet<>());

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.warnings()).containsExactly("ERR_TAGS_NOT_SET_IN_ACCOUNT");
    assertThat(tagsOfFriend(ran, FRIEND)).isEmpty();
    assertThat(tagsOfFriend(ran, OTHER_FRIEND)).containsEntry("a", "b");
  }

  @Test
  void d55_sharedSnapshotsAreTaggedUnderTheTasksRoleUnlessAnotherIsNamed() {
    Set<String> byTask = new TreeSet<>();
    shared(SHARED, "", byTask);
    Set<String> byName = new TreeSet<>();
    Map<String, Object> named = new HashMap<>(SHARED);
    named.put("TagInSharedAccountRoleName", "Tagger");
    shared(named, "", byName);

    assertThat(byTask).contains(FRIEND + " Backup", OTHER_FRIEND + " Backup");
    assertThat(byName)
        .contains(
            FRIEND + " Tagger",
            OTHER_FRIEND + " Tagger",
            Estate.HOME.account().value() + " Backup");
  }

  @Test
  void throttlingChangesNothingButTheTimeItTakes() {
    Stream.of(
            harness(SHARED),
            ActionHarness.of(s -> new Ec2StopInstances(s.get(AwsClients.class)))
                .given(CreateSnapshotCases::threeVolumes),
            ActionHarness.of(s -> new Ec2DeleteSnapshot(s.get(AwsClients.class)))
                .with(new Ec2DeleteSnapshot.Params(0, 3))
                .given(Ec2ActionsUnderFaultsTest::tenSnapshots))
        .forEach(
            harness -> {
              Ran calm = harness.run();
              Ran throttled = harness.given(e -> e.faults().throttleShare(0.3)).run();
              throttled.estate().faults().clear();

              assertThat(throttled.status()).isEqualTo(Status.SUCCEEDED);
              assertThat(throttled.estate().picture()).isEqualTo(calm.estate().picture());
            });
  }

  private static void tenSnapshots(Estate estate) {
    for (int i = 0; i < 10; i++) {
      Instant start = Instant.parse("2026-02-01T00:00:00Z").plusSeconds(i);
      estate.in(Estate.HOME).snapshot("snap-" + i, "vol-1", start, Map.of());
    }
  }

  @Test
  void aLostAnswerMakesNoSecondSnapshot() {
    Ran calm = harness(SHARED).run();
    for (String operation :
        List.of("CreateSnapshot", "CreateTags", "ModifySnapshotAttribute", "DescribeSnapshots")) {
      Ran ran = harness(SHARED).given(e -> e.faults().loseNextAnswer(operation)).run();

      assertThat(ran.status()).as(operation).isEqualTo(Status.SUCCEEDED);
      assertThat(ran.estate().picture()).as(operation).isEqualTo(calm.estate().picture());
    }
  }
}
