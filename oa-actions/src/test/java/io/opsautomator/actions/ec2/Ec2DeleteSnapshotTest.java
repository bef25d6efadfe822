package io.opsautomator.actions.ec2;

import static io.opsautomator.actions.ec2.CreateSnapshotCases.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Evidence;
import io.opsautomator.action.ParameterSchema.Decoded;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.actions.ec2.Ec2DeleteSnapshot.Params;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run.State;
import io.opsautomator.testkit.ActionContract;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Estate;
import io.opsautomator.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** The clock of the harness stands at 2026-03-02T08:00:00Z. */
final class Ec2DeleteSnapshotTest extends ActionContract<Params> {
  private static final String MARKER = "OpsAutomator:ops-automator-Snapshot-SourceVolume";
  private static final Params TWO_DAYS = new Params(2, 0);

  private final ActionHarness<Params> none =
      ActionHarness.of(services -> new Ec2DeleteSnapshot(services.get(AwsClients.class)));
  private final ActionHarness<Params> four =
      none.given(
          e -> {
            snapshot(e, "snap-1", "2026-02-01T00:00:00Z");
            snapshot(e, "snap-2", "2026-02-02T00:00:00Z");
            snapshot(e, "snap-3", "2026-02-03T00:00:00Z");
            snapshot(e, "snap-4", "2026-02-04T00:00:00Z");
          });

  private static void snapshot(Estate estate, String id, String start) {
    snapshot(estate, id, "vol-1", start, Map.of());
  }

  private static void snapshot(
      Estate estate, String id, String volume, String start, Map<String, String> tags) {
    estate.in(Estate.HOME).snapshot(id, volume, Instant.parse(start), tags);
  }

  private static ActionHarness<Params> inUse(ActionHarness<Params> harness) {
    return harness
        .named("with one that an image uses")
        .given(e -> e.in(Estate.HOME).image("ami-1", List.of("snap-1")));
  }

  @Override
  protected Stream<ActionHarness<Params>> cases() {
    return Stream.of(
        four.with(new Params(0, 2)).named("by count"),
        four.with(TWO_DAYS).named("by days"),
        four.with(new Params(2, 0, 3)).named("by days, but at least three"),
        inUse(four.with(new Params(0, 2))));
  }

  private static Ec2DeleteSnapshot action() {
    return new Ec2DeleteSnapshot(
        Estate.at(VirtualTime.startingAt("2026-03-02T08:00:00Z")).clients());
  }

  private static List<String> left(Ran ran) {
    return ran.estate().ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots().stream()
        .map(Snapshot::snapshotId)
        .toList();
  }

  private static Object deleted(Ran ran) {
    return at(ran.outcome().report(), "deleted", "eu-west-1");
  }

  @Test
  void deleteByRetentionCount() {
    Ran ran = four.with(new Params(0, 2)).run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(deleted(ran)).isEqualTo(List.of("snap-1", "snap-2"));
    assertThat(left(ran)).containsExactly("snap-3", "snap-4");
    assertThat(ran.outcome().evidence().get("snap-1")).isEqualTo(Evidence.confirmed("deleted"));
    assertThat(ran.outcome().report())
        .containsEntry("account", "111122223333")
        .containsEntry("region", "eu-west-1")
        .containsEntry("task", "rehearsal")
        .containsEntry("snapshots", 4)
        .containsEntry("snapshots-deleted", 2);
    assertThat(at(ran.outcome().report(), "metrics", "Data"))
        .isEqualTo(Map.of("DeletedSnapshots", 2));
  }

  @Test
  void deleteByRetentionCountWithCopiedSnapshot() {
    Map<String, String> marked = Map.of(MARKER, "vol-1");
    Ran ran =
        none.with(new Params(0, 1))
            .given(e -> snapshot(e, "snap-source", "vol-1", "2026-02-01T00:00:00Z", marked))
            .given(e -> snapshot(e, "snap-copy", "vol-ffffffff", "2026-02-02T00:00:00Z", marked))
            .run();

    assertThat(deleted(ran)).isEqualTo(List.of("snap-source"));
    assertThat(left(ran)).containsExactly("snap-copy");
  }

  @Test
  void deleteByRetentionCountAllRetained() {
    Ran ran =
        none.with(new Params(0, 1)).given(e -> snapshot(e, "snap-1", "2026-02-01T00:00:00Z")).run();

    assertThat(ran.outcome().report())
        .containsEntry("snapshots-deleted", 0)
        .doesNotContainKey("deleted");
    assertThat(left(ran)).containsExactly("snap-1");
  }

  @Test
  void deleteByRetentionDaysAllRetained() {
    Ran ran = none.with(TWO_DAYS).given(e -> snapshot(e, "snap-1", "2026-03-02T07:00:00Z")).run();

    assertThat(ran.outcome().report()).containsEntry("snapshots-deleted", 0);
    assertThat(left(ran)).containsExactly("snap-1");
  }

  @Test
  void deleteByRetentionDaysAllDeleted() {
    Ran ran = none.with(TWO_DAYS).given(e -> snapshot(e, "snap-1", "2026-02-27T08:00:00Z")).run();

    assertThat(ran.outcome().report()).containsEntry("snapshots-deleted", 1);
    assertThat(left(ran)).isEmpty();
  }

  @Test
  void byDaysAtLeastSoManyOfEachVolumeStay() {
    Ran ran =
        four.with(new Params(2, 0, 1))
            .given(e -> snapshot(e, "snap-o", "vol-2", "2026-01-01T00:00:00Z", Map.of()))
            .given(e -> snapshot(e, "snap-young", "vol-3", "2026-03-02T00:00:00Z", Map.of()))
            .given(e -> snapshot(e, "snap-younger", "vol-3", "2026-03-02T01:00:00Z", Map.of()))
            .run();

    assertThat(left(ran))
        .containsExactlyInAnyOrder("snap-4", "snap-o", "snap-young", "snap-younger");
  }

  @Test
  void atLeastSoManyBelongsToDays() {
    assertThat(action().check(new Params(0, 2, 2)))
        .extracting(Violation::code)
        .containsExactly("ERR_RETENTION_PARAM_KEEP");
  }

  @Test
  void noSnapshotsSelected() {
    Ran ran = none.with(new Params(0, 1)).run();

    assertThat(ran.executions()).isEmpty();
    assertThat(ran.run().state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void countsEachVolumeByItself() {
    Ran ran =
        four.with(new Params(0, 3))
            .given(e -> snapshot(e, "snap-o", "vol-2", "2026-01-01T00:00:00Z", Map.of()))
            .run();

    assertThat(ran.executions()).hasSize(2);
    assertThat(left(ran)).containsExactly("snap-2", "snap-3", "snap-4", "snap-o");
  }

  @Test
  void aCopyOfAnUnknownVolumeIsLeftOutByCountAndTakenByDays() {
    ActionHarness<Params> copy =
        none.given(
            e -> {
              snapshot(e, "snap-1", "vol-ffffffff", "2026-02-01T00:00:00Z", Map.of());
              snapshot(e, "snap-2", "vol-ffffffff", "2026-02-02T00:00:00Z", Map.of());
            });

    assertThat(left(copy.with(new Params(0, 1)).run())).containsExactly("snap-1", "snap-2");
    assertThat(left(copy.with(TWO_DAYS).run())).isEmpty();
  }

  @Test
  void daysModeWorksInGroupsOfAtMost800() {
    ActionHarness<Params> many =
        none.with(TWO_DAYS)
            .given(
                e -> {
                  for (int i = 0; i < 1601; i++) {
                    snapshot(e, "snap-" + i, "2026-03-02T07:00:00Z");
                  }
                });

    assertThat(many.plan().units())
        .extracting(unit -> unit.unit().resources().size())
        .containsExactly(800, 800, 1);
  }

  @Test
  void oneThatIsPendingIsNotSelected() {
    Ran ran =
        four.with(new Params(0, 4))
            .given(e -> e.snapshotsTake(Duration.ofDays(1), Duration.ZERO))
            .given(e -> e.in(Estate.HOME).volume("vol-1", 1, Map.of()))
            .given(e -> e.ec2().createSnapshot(r -> r.volumeId("vol-1")))
            .run();

    assertThat(ran.outcome().report()).containsEntry("snapshots", 4);
  }

  @Test
  void d17_daysModeKeepsTheYoungAndDeletesTheOld() {
    Ran ran =
        none.with(TWO_DAYS)
            .given(e -> snapshot(e, "snap-new", "2026-03-02T00:00:00Z"))
            .given(e -> snapshot(e, "snap-old", "2026-02-01T00:00:00Z"))
            .run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(left(ran)).containsExactly("snap-new");
  }

  @Test
  void d18_aDryRunListsWhatItWouldDeleteAndCallsNothing() {
    Ran ran = four.with(new Params(0, 2)).task(task -> task.dryrun()).run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.calls()).noneMatch(AwsCall::mutating);
    assertThat(at(ran.outcome().report(), "steps", 0, "name")).isEqualTo("delete/snap-1");
    assertThat(at(ran.outcome().report(), "steps", 1, "name")).isEqualTo("delete/snap-2");
    assertThat(at(ran.outcome().report(), "steps", 2, "kind")).isEqualTo("AWAIT");
    assertThat((List<?>) at(ran.outcome().report(), "steps")).hasSize(3);
  }

  @Test
  void d19_theParameterThatIsNotUsedMayBeLeftOut() {
    assertThat(action().metadata().parameters().decode(Map.of("RetentionCount", 7)))
        .isEqualTo(new Decoded.Valid<>(new Params(0, 7)));
  }

  @Test
  void d20_oneThatIsInUseIsReportedAndTheOthersAreDeleted() {
    Ran ran = inUse(four).with(new Params(0, 2)).run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.reason()).contains("snap-1: InvalidSnapshot.InUse");
    assertThat(left(ran)).containsExactly("snap-1", "snap-3", "snap-4");
    assertThat(deleted(ran)).isEqualTo(List.of("snap-2"));
    assertThat(at(ran.outcome().report(), "failed", 0))
        .isEqualTo(Map.of("SnapshotId", "snap-1", "Code", "InvalidSnapshot.InUse"));
  }

  @Test
  void d20_neitherALockNorAMissingPermissionKeepsTheOthers() {
    Ran ran =
        four.with(new Params(0, 1))
            .given(e -> e.faults().on("snap-1").refuseAlways("DeleteSnapshot", "SnapshotLocked"))
            .given(
                e ->
                    e.faults().on("snap-2").refuseAlways("DeleteSnapshot", "UnauthorizedOperation"))
            .run();

    assertThat(left(ran)).containsExactly("snap-1", "snap-2", "snap-4");
    assertThat(ran.reason()).contains("snap-1: SnapshotLocked", "snap-2: UnauthorizedOperation");
  }

  @Test
  void d21_oneThatIsGoneIsNoError() {
    Ran ran =
        four.with(new Params(0, 2))
            .given(
                e ->
                    e.faults()
                        .on("snap-1")
                        .refuseAlways("DeleteSnapshot", "InvalidSnapshot.NotFound"))
            .run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(left(ran)).doesNotContain("snap-2");
  }

  @Test
  void oneWhoseDeletionWasAcceptedAndDidNotHappenIsNoSuccess() {
    Ran ran =
        four.with(new Params(0, 2)).given(e -> e.faults().acceptAndIgnore("DeleteSnapshot")).run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.outcome().evidence().get("snap-1"))
        .isEqualTo(Evidence.contradicted("is still there, though its deletion was accepted"));
    assertThat(ran.outcome().report()).containsEntry("snapshots-deleted", 0);
  }

  @Test
  void d22_severalVolumesInDaysModeAreOneExecution() {
    Ran ran =
        four.with(TWO_DAYS)
            .given(e -> snapshot(e, "snap-o", "vol-2", "2026-01-01T00:00:00Z", Map.of()))
            .run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(left(ran)).isEmpty();
  }

  /** However a start is written; of two from one instant, that with the greater id is newer. */
  @Test
  void d77_snapshotsAreOrderedByInstants() {
    Ran ran =
        none.with(new Params(0, 1))
            .given(e -> snapshot(e, "snap-b", "2026-02-01T01:00:00Z"))
            .given(e -> snapshot(e, "snap-a", "2026-02-01T02:00:00Z"))
            .given(e -> snapshot(e, "snap-c", "2026-02-01T02:00:00.000Z"))
            .run();

    assertThat(left(ran)).containsExactly("snap-c");
  }

  @Test
  void d78_whatIsCutShortIsNotASuccess() {
    Ran ran =
        four.with(new Params(0, 1))
            .given(e -> e.faults().on("snap-3").refuseAlways("DeleteSnapshot", "InternalError"))
            .run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.reason()).contains("InternalError", "ec2:DeleteSnapshot");
    assertThat(left(ran)).containsExactly("snap-3", "snap-4");
  }

  @Test
  void eitherDaysOrCountMustBeGiven() {
    Ec2DeleteSnapshot action = action();

    assertThat(action.check(new Params(0, 0)))
        .extracting(Violation::code)
        .containsExactly("ERR_RETENTION_PARAM_NONE");
    assertThat(action.check(new Params(1, 1)))
        .extracting(Violation::code)
        .containsExactly("ERR_RETENTION_PARAM_BOTH");
    assertThat(action.check(TWO_DAYS)).isEmpty();
  }
}
