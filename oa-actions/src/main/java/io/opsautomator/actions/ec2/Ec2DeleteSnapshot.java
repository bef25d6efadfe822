package io.opsautomator.actions.ec2;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.action.Permission;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Retention;
import io.opsautomator.action.Size;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Snapshot;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Deletes snapshots that have been kept long enough: by number for each volume, or by age, and then
 * perhaps so many of each volume in any case. One that cannot be deleted, such as one that an image
 * uses, does not keep the others.
 */
final class Ec2DeleteSnapshot
    implements Action.Refining<Ec2DeleteSnapshot.Params, Snapshot>,
        Action.Regrouping<Ec2DeleteSnapshot.Params, Snapshot> {
  /** So that one execution stays within a few minutes. */
  private static final int MOST_AT_ONCE = 800;

  private static final String GONE = "InvalidSnapshot.NotFound";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  record Params(
      @Param(
              label = "Retention Days",
              group = "Retention",
              description = "Delete snapshots older than this; 0 to retain by count",
              min = 0)
          int retentionDays,
      @Param(
              label = "Retention Count",
              group = "Retention",
              description = "Snapshots to retain of each volume; 0 to retain by days",
              min = 0,
              max = 1000)
          int retentionCount,
      @Param(
              label = "Keep at least",
              group = "Retention",
              description = "With days: snapshots to retain of each volume however old they are",
              min = 0,
              max = 1000)
          int keepAtLeast) {
    static final Params DEFAULTS = new Params(0, 0, 0);

    Params(int retentionDays, int retentionCount) {
      this(retentionDays, retentionCount, 0);
    }

    /** Whether each volume's snapshots are counted. */
    boolean byVolume() {
      return retentionCount > 0 || keepAtLeast > 0;
    }

    Retention retention() {
      return retentionCount > 0
          ? Retention.ofNewest(retentionCount)
          : Retention.ofAge(Duration.ofDays(retentionDays)).keepingAtLeast(keepAtLeast);
    }
  }

  private static final ActionMetadata<Params> METADATA =
      ActionMetadata.of("Ec2DeleteSnapshot", Params.DEFAULTS)
          .titled("EC2 Delete Snapshot", "Deletes EBS snapshots by retention count or days")
          .version("1.0", "8034f6b8-de65-4b8a-ad31-8ac8d13a532f")
          .selects(Snapshot.TYPE, Aggregation.REGION)
          .destructive()
          .withoutBareWildcards()
          .withoutCompletion()
          .firedBy(Snapshot.CREATED_FOR_VOLUME, Snapshot.COPIED_FOR_VOLUME)
          .limits(Duration.ofHours(1), Duration.ofMinutes(15), 0)
          .sizes(Size.Phase.SELECT, Sizes.fromMedium())
          .sizes(Size.Phase.EXECUTE, Sizes.fromMedium())
          .permissions(
              Permission.on(Snapshot.ARN, "ec2:DeleteSnapshot"),
              Permission.anywhere("ec2:DescribeSnapshots"))
          .build();

  private final AwsClients aws;

  Ec2DeleteSnapshot(AwsClients aws) {
    this.aws = aws;
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return METADATA;
  }

  @Override
  public List<Violation> check(Params p) {
    if (p.retentionDays() == 0 && p.retentionCount() == 0) {
      return List.of(
          new Violation(
              "ERR_RETENTION_PARAM_NONE",
              "",
              "neither RetentionDays nor RetentionCount says what to retain: set one of them"));
    }
    if (p.retentionDays() > 0 && p.retentionCount() > 0) {
      return List.of(
          new Violation(
              "ERR_RETENTION_PARAM_BOTH",
              "",
              "RetentionDays (%d) and RetentionCount (%d) cannot both be set: leave one out"
                  .formatted(p.retentionDays(), p.retentionCount())));
    }
    if (p.keepAtLeast() > 0 && p.retentionCount() > 0) {
      return List.of(
          new Violation(
              "ERR_RETENTION_PARAM_KEEP",
              "KeepAtLeast",
              "KeepAtLeast (%d) belongs to RetentionDays; RetentionCount (%d) keeps that many anyway"
                  .formatted(p.keepAtLeast(), p.retentionCount())));
    }
    return List.of();
  }

  /** A copy counts for the volume that its original was taken of. */
  @Override
  public Choice<Snapshot> refine(Resource<Snapshot> it, Params parameters, Invocation caller) {
    Snapshot snapshot = it.attributes();
    if (!snapshot.state().equals("completed")) {
      return Choice.leaveOut("is " + snapshot.state());
    }
    if (!snapshot.volumeId().equals(SnapshotMarkers.VOLUME_OF_COPIES)) {
      return Choice.keep(it);
    }
    String marker = SnapshotMarkers.sourceVolume(caller);
    Optional<String> volume = Optional.ofNullable(it.tags().get(marker));
    if (volume.isEmpty() && parameters.byVolume()) {
      return Choice.leaveOut("is a copy, and no tag " + marker + " tells of which volume");
    }
    return Choice.keep(volume.map(id -> of(it, id)).orElse(it));
  }

  private static Resource<Snapshot> of(Resource<Snapshot> it, String volume) {
    Snapshot old = it.attributes();
    Snapshot moved = new Snapshot(volume, old.startTime(), old.state(), old.gibibytes());
    return new Resource<>(it.type(), it.id(), it.scope(), it.tags(), moved);
  }

  @Override
  public List<List<Resource<Snapshot>>> regroup(List<Resource<Snapshot>> group, Params p) {
    if (p.byVolume()) {
      Map<String, List<Resource<Snapshot>>> byVolume = new TreeMap<>();
      group.forEach(
          it ->
              byVolume
                  .computeIfAbsent(it.attributes().volumeId(), volume -> new ArrayList<>())
                  .add(it));
      return List.copyOf(byVolume.values());
    }
    List<List<Resource<Snapshot>>> chunks = new ArrayList<>();
    for (int from = 0; from < group.size(); from += MOST_AT_ONCE) {
      chunks.add(group.subList(from, Math.min(group.size(), from + MOST_AT_ONCE)));
    }
    return chunks;
  }

  @Override
  public Outcome execute(ActionContext<Params> ctx) {
    Ec2Client ec2 = aws.client(Ec2Client.class, ctx);
    List<Resource<Snapshot>> all = ctx.resources(Snapshot.TYPE);
    Map<String, Evidence> evidence = new LinkedHashMap<>();
    List<String> accepted = new ArrayList<>();
    List<Map<String, String>> failed = new ArrayList<>();
    for (Resource<Snapshot> snapshot : expired(all, ctx)) {
      String id = snapshot.id();
      try {
        ctx.effects().idempotent("delete/" + id, () -> ec2.deleteSnapshot(r -> r.snapshotId(id)));
        accepted.add(id);
      } catch (RefusedException no) { // the others can go all the same
        refused(id, no, evidence, failed);
      }
    }
    if (accepted.isEmpty()) {
      return report(ctx, evidence, failed).with("snapshots", all.size());
    }
    return ctx.effects()
        .await(gone(ec2, accepted))
        .outcome(
            left -> {
              accepted.forEach(id -> evidence.put(id, left.evidence(id)));
              return report(ctx, evidence, failed).with("snapshots", all.size());
            });
  }

  /** One that is gone is as wanted, whoever deleted it. */
  private static void refused(
      String id,
      RefusedException no,
      Map<String, Evidence> evidence,
      List<Map<String, String>> failed) {
    if (no.is(GONE)) {
      evidence.put(id, Evidence.confirmed("deleted"));
    } else {
      failed.add(Map.of("SnapshotId", id, "Code", no.code()));
      evidence.put(id, Evidence.contradicted(no.code() + ": " + no.getMessage()));
    }
  }

  /** Descriptions lag behind; what is still described after a while has not been deleted. */
  private static Completion<Left> gone(Ec2Client ec2, List<String> ids) {
    return Completion.of(
            "gone",
            Left.class,
            waited -> Optional.of(Left.of(ec2, ids)).filter(left -> left.ids().isEmpty()))
        .within(PATIENCE)
        .otherwise(() -> Left.of(ec2, ids));
  }

  /** Those of some snapshots that are still there. */
  record Left(List<String> ids) {
    private static final int AT_ONCE = 200;

    /** Asks by filter: naming the ids, one that is gone would hide all others. */
    static Left of(Ec2Client ec2, List<String> ids) {
      List<String> left = new ArrayList<>();
      for (int from = 0; from < ids.size(); from += AT_ONCE) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
        Filter these = Filter.builder().name("snapshot-id").values(some).build();
        ec2.describeSnapshotsPaginator(r -> r.ownerIds("self").filters(these)).snapshots().stream()
            .map(software.amazon.awssdk.services.ec2.model.Snapshot::snapshotId)
            .forEach(left::add);
      }
      return new Left(left);
    }

    boolean has(String id) {
      return ids.contains(id);
    }

    Evidence evidence(String id) {
      return has(id)
          ? Evidence.contradicted("is still there, though its deletion was accepted")
          : Evidence.confirmed("deleted");
    }
  }

  private static List<Resource<Snapshot>> expired(
      List<Resource<Snapshot>> all, ActionContext<Params> ctx) {
    return ctx.parameters()
        .retention()
        .expired(all, it -> it.attributes().startTime(), Resource::id, ctx.startedAt());
  }

  /** One that is gone is as wanted, whoever deleted it. */
  static void delete(Ec2Client ec2, String id) {
    try {
      ec2.deleteSnapshot(r -> r.snapshotId(id));
    } catch (RefusedException refused) {
      if (!refused.is(GONE)) {
        throw refused;
      }
    }
  }

  private static Outcome report(
      ActionContext<Params> ctx, Map<String, Evidence> evidence, List<Map<String, String>> failed) {
    List<String> deleted =
        evidence.entrySet().stream()
            .filter(it -> it.getValue().kind() == Evidence.Kind.CONFIRMED)
            .map(Map.Entry::getKey)
            .toList();
    Outcome outcome =
        Report.of(evidence, ctx, ctx.task().value())
            .with("snapshots-deleted", deleted.size())
            .with("metrics", Report.metrics(METADATA, Map.of("DeletedSnapshots", deleted.size())));
    if (!evidence.isEmpty()) {
      outcome = outcome.with("deleted", Map.of(ctx.scope().region().value(), deleted));
    }
    return failed.isEmpty() ? outcome : outcome.with("failed", failed);
  }
}
