package io.opsautomator.actions.ec2;

import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Result;
import io.opsautomator.action.Role;
import io.opsautomator.action.TransientException;
import io.opsautomator.actions.ec2.SnapshotSource.Disk;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagChanges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * What is done when the snapshots are complete: tags of the instance and its volumes, sharing, and
 * tags in the accounts shared with. Steps are named by volume and account, for a plan knows no
 * snapshot ids.
 */
final class SnapshotFollowUp {
  private static final Set<String> NOTHING = Set.of();

  private final ActionContext<Ec2CreateSnapshot.Params> ctx;
  private final AwsClients aws;
  private final SnapshotTexts texts;
  private final Map<Disk, Result<CreatedSnapshot>> made;
  private final Ec2CreateSnapshot.Params wanted;
  private final Ec2Client ec2;

  SnapshotFollowUp(
      ActionContext<Ec2CreateSnapshot.Params> ctx,
      AwsClients aws,
      SnapshotTexts texts,
      Map<Disk, Result<CreatedSnapshot>> made) {
    this.ctx = ctx;
    this.aws = aws;
    this.texts = texts;
    this.made = made;
    this.wanted = ctx.parameters();
    this.ec2 = aws.client(Ec2Client.class, ctx);
  }

  /** What went wrong without making the rest pointless. */
  Map<String, Evidence> perform() {
    Map<String, Evidence> problems = tagInstance();
    if (!wanted.volumeTags().isBlank()) {
      made.forEach(this::tagVolume);
    }
    if (!wanted.accounts().isEmpty()) {
      made.forEach(this::share);
      if (wanted.tagSharedSnapshots()) {
        wanted.accounts().forEach(this::tagShared);
      }
    }
    return problems;
  }

  private Map<String, Evidence> tagInstance() {
    if (wanted.instanceTags().isBlank()) {
      return Map.of();
    }
    Resource<Instance> instance = ctx.resource(Instance.TYPE);
    try {
      ctx.effects()
          .idempotent("tag-instance", () -> tag(instance.id()))
          .undo(() -> Tags.restore(ec2, instance.id(), instance.tags(), instanceTags()));
      return Map.of();
    } catch (RefusedException no) {
      return Map.of(
          instance.id(),
          Evidence.contradicted("ERR_SETTING_INSTANCE_TAGS: " + no.code() + ": " + words(no)));
    }
  }

  /** Unless that made the task run again. Decided in the call: only then are the tags known. */
  private void tag(String instance) {
    TagChanges changes = instanceTags();
    Optional<String> loop =
        ctx.retriggeredBy(Instance.TAGS_CHANGED, Tags.read(ec2, instance), changes);
    if (loop.isPresent()) {
      ctx.warn("WARN_TAGS_NOT_SET", instance + " is not tagged: " + loop.get());
    } else {
      Tags.write(ec2, instance, changes);
    }
  }

  private TagChanges instanceTags() {
    return texts.instanceTags(made.values().stream().map(it -> it.get().id()).toList());
  }

  private void tagVolume(Disk disk, Result<CreatedSnapshot> snapshot) {
    String id = disk.id();
    try {
      ctx.effects()
          .idempotent(
              "tag-volume/" + id, () -> Tags.write(ec2, id, texts.volumeTags(snapshot.get().id())))
          .undo(() -> Tags.restore(ec2, id, disk.tags(), texts.volumeTags(snapshot.get().id())));
    } catch (RefusedException no) {
      throw failed("ERR_SETTING_VOLUME_TAGS", "the tags of " + id + " cannot be set", no);
    }
  }

  private void share(Disk disk, Result<CreatedSnapshot> snapshot) {
    List<String> accounts = wanted.accounts();
    try {
      ctx.effects()
          .idempotent(
              "share/" + disk.id(),
              () ->
                  ec2.modifySnapshotAttribute(
                      r ->
                          r.snapshotId(snapshot.get().id())
                              .attribute("createVolumePermission")
                              .operationType("add")
                              .userIds(accounts)))
          .undo(
              () ->
                  ec2.modifySnapshotAttribute(
                      r ->
                          r.snapshotId(snapshot.get().id())
                              .attribute("createVolumePermission")
                              .operationType("remove")
                              .userIds(accounts)));
    } catch (RefusedException no) {
      String what = "the snapshot of " + disk.id() + " cannot be shared with " + accounts;
      throw failed("ERR_SETTING_CREATE_VOLUME_PERMISSIONS", what, no);
    }
  }

  private void tagShared(String account) {
    try {
      ctx.effects()
          .idempotent("tag-shared/" + account, String.class, () -> tagIn(account))
          .undo(
              (problem, back) -> {
                if (problem.isEmpty()) {
                  back.idempotent("untag", () -> untagIn(account));
                }
              });
    } catch (RefusedException no) {
      String what = "the shared snapshots cannot be tagged in account " + account;
      throw failed("ERR_SETTING_SHARED_TAGS", what, no);
    }
  }

  /** Empty, or why nobody can work in that account; that is no reason to leave out the next. */
  private String tagIn(String account) {
    try {
      Ec2Client theirs = aws.client(Ec2Client.class, in(account));
      made.forEach(
          (disk, it) ->
              Tags.write(theirs, it.get().id(), new TagChanges(texts.tags(disk), NOTHING)));
      return "";
    } catch (RefusedException | TransientException answer) {
      throw answer;
    } catch (ActionException unreachable) {
      ctx.warn("ERR_TAGS_NOT_SET_IN_ACCOUNT", "account " + account + ": " + words(unreachable));
      return words(unreachable);
    }
  }

  private void untagIn(String account) {
    Ec2Client theirs = aws.client(Ec2Client.class, in(account));
    made.forEach((disk, it) -> Tags.delete(theirs, it.get().id(), texts.tags(disk).keySet()));
  }

  private Invocation in(String account) {
    Scope there = new Scope(new Scope.AccountId(account), ctx.scope().region());
    String role = wanted.tagInSharedAccountRoleName();
    return role.isBlank() ? ctx.in(there) : ctx.in(there).as(Role.named(role.strip()));
  }

  private static ActionException failed(String code, String what, RefusedException no) {
    return new ActionException(code, what + ": " + no.code() + ": " + words(no), no);
  }

  private static String words(ActionException e) {
    return String.valueOf(e.getMessage());
  }
}
