package io.opsautomator.actions.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.CallRecorder;
import io.opsautomator.plan.Plan;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.VirtualTime;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * The engine and all actions over the wire: two accounts by assumed roles, two regions each, one
 * instance in each. Only time is virtual.
 */
@ExtendWith(AwsEndpoint.class)
final class Ec2ActionsEmulatorTest {
  private static final List<String> REGIONS = List.of("eu-west-1", "us-east-1");

  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T08:00:00Z");
  private final CallRecorder recorder = new CallRecorder();
  private final AwsConnection connection;
  private final List<String> accounts;
  private final String friend;
  private final OpsAutomator engine;

  Ec2ActionsEmulatorTest(EmulatedAws emulated) {
    connection = emulated.aws().listenedToBy(recorder).connect();
    accounts = List.of(emulated.newAccount(), emulated.newAccount());
    friend = emulated.newAccount();
    engine =
        OpsAutomator.builder()
            .install(connection)
            .store(new InMemoryStore())
            .clock(time)
            .timer(time)
            .executor(time)
            .random(new Random(1))
            .build();
  }

  private record Caller(Scope scope, Deadline deadline) implements Invocation {
    @Override
    public boolean mayMutate() {
      return true;
    }

    @Override
    public Invocation in(Scope elsewhere) {
      return new Caller(elsewhere, deadline);
    }
  }

  private Ec2Client ec2(Scope scope) {
    Deadline patience = new Deadline(time.instant().plus(Duration.ofMinutes(1)), time);
    return connection.clients().client(Ec2Client.class, new Caller(scope, patience));
  }

  private List<Scope> scopes() {
    return accounts.stream()
        .flatMap(account -> REGIONS.stream().map(region -> Scope.of(account, region)))
        .toList();
  }

  @BeforeEach
  void anInstanceEverywhere() {
    TagSpecification tags =
        TagSpecification.builder()
            .resourceType(ResourceType.INSTANCE)
            .tags(Tag.builder().key("Backup").value("yes").build())
            .build();
    for (Scope scope : scopes()) {
      Ec2Client ec2 = ec2(scope);
      String image = ec2.describeImages(r -> r.owners("amazon")).images().get(0).imageId();
      ec2.runInstances(r -> r.imageId(image).minCount(1).maxCount(1).tagSpecifications(tags));
    }
    engine.work();
  }

  @AfterEach
  void disconnect() {
    engine.close();
    connection.close();
  }

  private Task.Builder everywhere(String action) {
    return Task.named(action)
        .action(action)
        .where("Backup=yes")
        .accounts(accounts.toArray(String[]::new))
        .onlyOtherAccounts()
        .regions(REGIONS.toArray(String[]::new));
  }

  /** Not tagged where it is shared: the emulator does not show it there. */
  private Task backup() {
    return everywhere("Ec2CreateSnapshot")
        .with("CopiedInstanceTags", "Backup")
        .with("InstanceTags", "last={snapshot-ids}")
        .with("VolumeTags", "last={snapshot-id}")
        .with("CreateVolumePermission", List.of(friend))
        .build();
  }

  private Task retire() {
    return everywhere("Ec2DeleteSnapshot").with("RetentionCount", 1).build();
  }

  private List<Execution> run(Task task, String request) {
    assertThat(engine.put(task)).isEmpty();
    RunId run = engine.run(new TaskName(task.name().value()), request);
    time.advance(Duration.ofHours(2));
    return engine.executions(run);
  }

  /** Those of the task: the emulator counts the snapshots of its images as everybody's own. */
  private List<Snapshot> snapshots(Scope scope) {
    Filter taken = Filter.builder().name("tag:Backup").values("yes").build();
    return ec2(scope).describeSnapshots(r -> r.ownerIds("self").filters(taken)).snapshots();
  }

  private List<Integer> snapshotsEverywhere() {
    return scopes().stream().map(scope -> snapshots(scope).size()).toList();
  }

  @Test
  void noPlanOfAnyActionChangesAnything() {
    run(backup(), "r1");
    ec2(scopes().get(0)).stopInstances(r -> r.instanceIds(instance(scopes().get(0))));
    recorder.clear();

    List<Plan> plans = new ArrayList<>();
    plans.add(engine.plan(backup()));
    plans.add(engine.plan(everywhere("Ec2DeleteSnapshot").with("RetentionDays", 1).build()));
    plans.add(engine.plan(everywhere("Ec2StopInstances").build()));
    plans.add(engine.plan(everywhere("Ec2StartInstances").build()));

    assertThat(plans).extracting(plan -> plan.units().size()).containsExactly(4, 4, 3, 1);
    assertThat(plans).allSatisfy(plan -> assertThat(plan.problems()).isEmpty());
    assertThat(recorder.calls()).isNotEmpty();
    assertThat(recorder.mutating()).isEmpty();
  }

  private String instance(Scope scope) {
    return ec2(scope)
        .describeInstances(
            r -> r.filters(Filter.builder().name("tag:Backup").values("yes").build()))
        .reservations()
        .get(0)
        .instances()
        .get(0)
        .instanceId();
  }

  @Test
  void snapshotsAreTakenTaggedSharedAndRetired() {
    assertSucceeded(run(backup(), "r1"));
    assertThat(snapshotsEverywhere()).containsExactly(1, 1, 1, 1);
    scopes().forEach(this::assertTaggedAndShared);

    run(backup(), "r2");
    assertThat(snapshotsEverywhere()).containsExactly(2, 2, 2, 2);

    assertSucceeded(run(retire(), "r1"));
    assertThat(snapshotsEverywhere()).containsExactly(1, 1, 1, 1);
  }

  private static void assertSucceeded(List<Execution> executions) {
    assertThat(executions).hasSize(4);
    for (Execution it : executions) {
      assertThat(it.status()).as(it.progress().outcome().orElse("")).isEqualTo(Status.SUCCEEDED);
    }
  }

  private void assertTaggedAndShared(Scope scope) {
    Snapshot snapshot = snapshots(scope).get(0);
    assertThat(snapshot.tags())
        .extracting(Tag::key)
        .contains("Backup", "Name", "OpsAutomator:ops-automator-Snapshot-SourceVolume");
    assertThat(CreateSnapshotCases.tags(ec2(scope), instance(scope)))
        .containsEntry("last", snapshot.snapshotId());
    assertThat(CreateSnapshotCases.tags(ec2(scope), snapshot.volumeId()))
        .containsEntry("last", snapshot.snapshotId());
    assertThat(
            ec2(scope)
                .describeSnapshotAttribute(
                    r -> r.snapshotId(snapshot.snapshotId()).attribute("createVolumePermission"))
                .createVolumePermissions())
        .extracting(CreateVolumePermission::userId)
        .containsExactly(friend);
  }

  @Test
  void whatIsDoneIsNotDoneAgain() {
    List<Execution> first = run(backup(), "r1");
    assertSucceeded(first);
    run(retire(), "r1");
    recorder.clear();

    List<Execution> again = run(backup(), "r1");
    run(retire(), "r2");

    assertThat(again).isEqualTo(first);
    assertThat(snapshotsEverywhere()).containsExactly(1, 1, 1, 1);
    assertThat(recorder.mutating()).extracting(AwsCall::operation).isEmpty();
  }

  @Test
  void instancesAreStoppedAndStarted() {
    List<Execution> stopped = run(everywhere("Ec2StopInstances").build(), "r1");
    List<Execution> started = run(everywhere("Ec2StartInstances").build(), "r1");

    assertSucceeded(stopped);
    assertSucceeded(started);
  }
}
