package io.opsautomator.actions.ec2;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.action.Permission;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Result;
import io.opsautomator.action.Size;
import io.opsautomator.actions.ec2.SnapshotSource.Disk;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.aws.Snapshot;
import io.opsautomator.aws.Volume;
import io.opsautomator.event.EventKey;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.resource.TagFilterSet;
import io.opsautomator.text.TagTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Takes snapshots of the volumes of an instance, names, tags and shares them, and tags their
 * sources. Snapshots are tagged as they are made, so none is ever without its marker; a volume that
 * is refused does not keep the others from theirs.
 */
final class Ec2CreateSnapshot implements Action<Ec2CreateSnapshot.Params> {
  static final String VOLUMES = "Volume options";
  static final String NAMING = "Snapshot naming";
  static final String TAGGING = "Tagging";
  static final String SHARING = "Snapshot sharing";

  record Params(
      @Param(
              label = "Copy root volume",
              description = "Take a snapshot of the root volume",
              group = VOLUMES)
          boolean backupRootVolumes,
      @Param(
              label = "Copy data volumes",
              description = "Take snapshots of all volumes but the root volume",
              group = VOLUMES)
          boolean backupDataVolumes,
      @Param(
              label = "Volume tag filter",
              description = "Which volumes, by their tags; without it, all",
              group = VOLUMES)
          Optional<TagFilter> volumeTagFilter,
      @Param(
              label = "Copied instance tags",
              description = "Which of its instance's tags a snapshot gets, such as Owner,Cost*",
              group = TAGGING)
          String copiedInstanceTags,
      @Param(
              label = "Copied volume tags",
              description = "Which of its volume's tags a snapshot gets; * for all",
              group = TAGGING)
          String copiedVolumeTags,
      @Param(
              label = "Snapshot tags",
              description = "What to tag snapshots with, such as Made={date},Team=ops",
              group = TAGGING)
          String snapshotTags,
      @Param(
              label = "Volume tags",
              description = "What to tag volumes with when their snapshot is complete",
              group = TAGGING)
          String volumeTags,
      @Param(
              label = "Instance tags",
              description = "What to tag the instance with when all its snapshots are complete",
              group = TAGGING)
          String instanceTags,
      @Param(
              label = "Set snapshot name",
              description = "Give snapshots the tag Name",
              group = NAMING)
          boolean setSnapshotName,
      @Param(
              label = "Snapshot name prefix",
              description =
                  "What the tag Name begins with; may have placeholders, such as {instance-id}",
              group = NAMING)
          String snapshotNamePrefix,
      @Param(
              label = "Snapshot name",
              description = "What follows in the tag Name; without it, volume id and time",
              group = NAMING)
          String snapshotName,
      @Param(
              label = "Snapshot description",
              description =
                  "May have placeholders; without it, what the snapshot is of, and which task took it",
              group = NAMING)
          String snapshotDescription,
      @Param(
              label = "Accounts with create volume permission",
              description = "Account ids to share the snapshots with",
              group = SHARING,
              pattern = "\\s*[0-9]{12}\\s*")
          List<String> createVolumePermission,
      @Param(
              label = "Create tags for shared snapshots",
              description = "Tag the snapshots in the accounts they are shared with, too",
              group = SHARING)
          boolean tagSharedSnapshots,
      @Param(
              label = "Cross account role name for tagging of shared snapshots",
              description = "The role to assume in those accounts; without it, the task's",
              group = SHARING)
          String tagInSharedAccountRoleName) {
    static final Params DEFAULTS =
        new Params(
            true,
            true,
            Optional.empty(),
            "",
            "",
            "",
            "",
            "",
            true,
            "",
            "",
            "",
            List.of(),
            false,
            "");

    List<String> accounts() {
      return createVolumePermission.stream().map(String::strip).distinct().toList();
    }
  }

  private static final ActionMetadata<Params> METADATA =
      ActionMetadata.of("Ec2CreateSnapshot", Params.DEFAULTS)
          .titled("EC2 Create Snapshot", "Creates EBS snapshots of the volumes of EC2 instances")
          .version("1.2", "444f070b-9302-4e67-989a-23e224518e87")
          .selects(Instance.TYPE, Aggregation.RESOURCE)
          .firedBy(Instance.RUNNING, Instance.STOPPED, Instance.TAGS_CHANGED)
          .limits(Duration.ofHours(1), Duration.ofHours(1), 0)
          .sizes(Size.Phase.SELECT, Sizes.fromMedium())
          .sizes(Size.Phase.EXECUTE, Size.MEDIUM)
          .sizes(Size.Phase.COMPLETE, Size.MEDIUM)
          .permissions(
              Permission.on(Volume.ARN, "ec2:CreateSnapshot"),
              Permission.on(
                  Snapshot.ARN, "ec2:CreateSnapshot", "ec2:CreateTags", "ec2:DeleteSnapshot"),
              Permission.on(Snapshot.ARN, "ec2:ModifySnapshotAttribute")
                  .onlyWith("CreateVolumePermission"),
              Permission.on(Snapshot.ARN, "ec2:DeleteTags").onlyWith("TagSharedSnapshots"),
              Permission.on(Volume.ARN, "ec2:CreateTags", "ec2:DeleteTags").onlyWith("VolumeTags"),
              Permission.on(Instance.ARN, "ec2:CreateTags", "ec2:DeleteTags")
                  .onlyWith("InstanceTags"),
              Permission.anywhere(
                  "ec2:DescribeInstances",
                  "ec2:DescribeSnapshots",
                  "ec2:DescribeTags",
                  "ec2:DescribeVolumes"))
          .build();

  private final AwsClients aws;

  Ec2CreateSnapshot(AwsClients aws) {
    this.aws = aws;
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return METADATA;
  }

  /** Whether lists of tags can be read, while somebody is there to be told. */
  @Override
  public List<Violation> check(Params p) {
    List<Violation> wrong = new ArrayList<>();
    check(wrong, "CopiedInstanceTags", p.copiedInstanceTags(), TagFilterSet::parse);
    check(wrong, "CopiedVolumeTags", p.copiedVolumeTags(), TagFilterSet::parse);
    check(wrong, "SnapshotTags", p.snapshotTags(), TagTemplate::parse);
    check(wrong, "VolumeTags", p.volumeTags(), TagTemplate::parse);
    check(wrong, "InstanceTags", p.instanceTags(), TagTemplate::parse);
    return wrong;
  }

  private static void check(
      List<Violation> wrong, String field, String value, Consumer<String> reader) {
    try {
      reader.accept(value);
    } catch (InvalidExpressionException e) {
      wrong.add(new Violation(field, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public Outcome execute(ActionContext<Params> ctx) {
    Ec2Client ec2 = aws.client(Ec2Client.class, ctx);
    SnapshotTexts texts = new SnapshotTexts(ctx);
    SnapshotSource source =
        ctx.effects().fact("source", SnapshotSource.class, () -> SnapshotSource.look(ec2, ctx));
    Map<Disk, Result<CreatedSnapshot>> made = new LinkedHashMap<>();
    Map<String, Evidence> evidence = new LinkedHashMap<>();
    for (Disk disk : source.wanted()) {
      try {
        made.put(disk, create(ctx, ec2, disk, texts));
      } catch (RefusedException no) { // the other volumes are still worth it
        evidence.put(disk.id(), Evidence.contradicted(no.code() + ": " + no.getMessage()));
      }
    }
    SnapshotReport report = new SnapshotReport(ctx, METADATA, texts);
    if (made.isEmpty()) {
      return report.of(Map.of(), new SnapshotProgress(Map.of()), evidence);
    }
    Result<SnapshotProgress> completed = await(ctx, ec2, made);
    evidence.putAll(new SnapshotFollowUp(ctx, aws, texts, made).perform());
    return completed.outcome(progress -> report.of(made, progress, evidence));
  }

  private static Result<CreatedSnapshot> create(
      ActionContext<Params> ctx, Ec2Client ec2, Disk disk, SnapshotTexts texts) {
    String description = texts.description(disk);
    Map<String, String> tags = texts.tags(disk);
    return ctx.effects()
        .probed(
            "create-snapshot/" + disk.id(),
            CreatedSnapshot.class,
            token -> find(ec2, token),
            token ->
                CreatedSnapshot.of(
                    ec2.createSnapshot(
                        r ->
                            r.volumeId(disk.id())
                                .description(description)
                                .tagSpecifications(specification(tags, token)))))
        .undo(
            (snapshot, back) ->
                back.idempotent(
                    "delete-snapshot", () -> Ec2DeleteSnapshot.delete(ec2, snapshot.id())));
  }

  private static Optional<CreatedSnapshot> find(Ec2Client ec2, String token) {
    return ec2
        .describeSnapshotsPaginator(
            r ->
                r.ownerIds("self")
                    .filters(SnapshotSource.filter("tag:" + SnapshotMarkers.TOKEN, Set.of(token))))
        .snapshots()
        .stream()
        .findFirst()
        .map(CreatedSnapshot::of);
  }

  private static TagSpecification specification(Map<String, String> tags, String token) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.put(SnapshotMarkers.TOKEN, token);
    return TagSpecification.builder()
        .resourceType(ResourceType.SNAPSHOT)
        .tags(Tags.of(all))
        .build();
  }

  private static Result<SnapshotProgress> await(
      ActionContext<Params> ctx, Ec2Client ec2, Map<Disk, Result<CreatedSnapshot>> made) {
    return ctx.effects()
        .await(
            Completion.of(
                    "completed",
                    SnapshotProgress.class,
                    waited ->
                        SnapshotProgress.look(
                            ec2, made.values().stream().map(Result::get).toList(), waited))
                .soonerOn(
                    () ->
                        made.values().stream()
                            .map(it -> new EventKey(Snapshot.CREATED, it.get().id()))
                            .toList()));
  }
}
