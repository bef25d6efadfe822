package io.opsautomator.actions.ec2;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Texts;
import io.opsautomator.actions.ec2.SnapshotSource.Disk;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.resource.TagFilterSet;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Names, descriptions and tags of one execution. */
final class SnapshotTexts {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Lengths that EC2 takes. Source: the EC2 API reference. */
  private static final int DESCRIPTION = 255;

  private static final int TAG_VALUE = 256;

  private final ActionContext<Ec2CreateSnapshot.Params> ctx;
  private final Ec2CreateSnapshot.Params wanted;
  private final Resource<Instance> instance;
  private final Texts texts;

  /**
   * Fills in every template once, so that all parameters named in them are looked up before
   * anything is done: what is filled in later, inside a call, must not need to look.
   */
  SnapshotTexts(ActionContext<Ec2CreateSnapshot.Params> ctx) {
    this.ctx = ctx;
    this.wanted = ctx.parameters();
    this.instance = ctx.resource(Instance.TYPE);
    this.texts = ctx.texts();
    List.of(wanted.snapshotDescription(), wanted.snapshotName(), wanted.snapshotNamePrefix())
        .forEach(texts::text);
    List.of(wanted.snapshotTags(), wanted.volumeTags(), wanted.instanceTags()).forEach(texts::tags);
  }

  private Texts about(Disk disk) {
    return texts
        .with("instance-id", instance.id())
        .with("volume-id", disk.id())
        .with("device", disk.device());
  }

  String description(Disk disk) {
    String template = wanted.snapshotDescription();
    String text =
        template.isBlank()
            ? "Snapshot by task %s of %s volume %s (%s) of instance %s"
                .formatted(
                    ctx.task().value(),
                    disk.root() ? "root" : "data",
                    disk.id(),
                    disk.device(),
                    instance.id())
            : about(disk).text(template);
    return limited(text, DESCRIPTION);
  }

  /** Those that later entries override come first. Nothing can be removed from a new snapshot. */
  Map<String, String> tags(Disk disk) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.putAll(TagFilterSet.parse(wanted.copiedInstanceTags()).pick(instance.tags()));
    tags.putAll(TagFilterSet.parse(wanted.copiedVolumeTags()).pick(disk.tags()));
    TagChanges own = about(disk).tags(wanted.snapshotTags());
    tags.putAll(own.set());
    tags.keySet().removeAll(own.remove());
    tags.put(SnapshotMarkers.sourceVolume(ctx), disk.id());
    if (wanted.setSnapshotName()) {
      tags.put("Name", name(disk));
    }
    return TagChanges.of(tags).set();
  }

  private String name(Disk disk) {
    Texts about = about(disk);
    String name =
        wanted.snapshotName().isBlank()
            ? disk.id() + "-" + MINUTE.format(ctx.startedAt())
            : about.text(wanted.snapshotName());
    return limited(about.text(wanted.snapshotNamePrefix()) + name, TAG_VALUE);
  }

  TagChanges volumeTags(String snapshot) {
    return texts.with("snapshot-id", snapshot).tags(wanted.volumeTags());
  }

  TagChanges instanceTags(Collection<String> snapshots) {
    return texts.with("snapshot-ids", new TreeSet<>(snapshots)).tags(wanted.instanceTags());
  }

  private static String limited(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
