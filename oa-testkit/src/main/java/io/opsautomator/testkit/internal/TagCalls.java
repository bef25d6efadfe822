package io.opsautomator.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Tags; each account has its own on what another shares with it. */
final class TagCalls {
  private final Ec2Desk desk;

  TagCalls(Ec2Desk desk) {
    this.desk = desk;
  }

  CreateTagsResponse create(CreateTagsRequest r) {
    SortedMap<String, String> added = Tags.read(r.tags());
    Attempt attempt =
        Attempt.change("CreateTags", r.dryRun()).on(r.resources()).with("tags", Tags.text(added));
    return desk.call(
        attempt,
        visit -> {
          for (String id : known(visit, r.resources())) {
            SortedMap<String, String> all = new TreeMap<>(visit.tags(id));
            all.putAll(added);
            Tags.require(all);
            visit.tag(id, all);
          }
          return CreateTagsResponse.builder().build();
        });
  }

  private static List<String> known(Visit visit, List<String> ids) {
    for (String id : ids) {
      if (visit.world().thing(visit.scope(), id).filter(it -> it.existsAt(visit.now())).isEmpty()) {
        throw Ids.noResource(id);
      }
    }
    return ids.stream().distinct().toList();
  }

  DeleteTagsResponse delete(DeleteTagsRequest r) {
    Attempt attempt =
        Attempt.change("DeleteTags", r.dryRun())
            .on(r.resources())
            .with("tags", Tags.text(Tags.read(r.tags())));
    return desk.call(
        attempt,
        visit -> {
          for (String id : known(visit, r.resources())) {
            visit.tag(id, without(visit.tags(id), r));
          }
          return DeleteTagsResponse.builder().build();
        });
  }

  /** A tag without a value goes whatever its value; without any tags named, all go. */
  private static Map<String, String> without(Map<String, String> tags, DeleteTagsRequest r) {
    if (!r.hasTags()) {
      return Map.of();
    }
    Map<String, String> left = new TreeMap<>(tags);
    for (Tag tag : r.tags()) {
      if (tag.value() == null) {
        left.remove(tag.key());
      } else {
        left.remove(tag.key(), tag.value());
      }
    }
    return left;
  }

  DescribeTagsResponse describe(DescribeTagsRequest r) {
    Attempt attempt = Attempt.read("DescribeTags", r.dryRun());
    Page.Wanted wanted = new Page.Wanted("DescribeTags", r.maxResults(), r.nextToken());
    return desk.call(
        attempt,
        visit -> {
          Page<TagDescription> page = Page.of(matching(visit, r), TagCalls::key, wanted);
          return DescribeTagsResponse.builder().tags(page.items()).nextToken(page.next()).build();
        });
  }

  private static String key(TagDescription tag) {
    return tag.resourceId() + "\n" + tag.key();
  }

  private static List<TagDescription> matching(Visit visit, DescribeTagsRequest r) {
    Filters<TagDescription> known =
        new Filters<TagDescription>(tag -> Map.of(tag.key(), tag.value()))
            .one("key", TagDescription::key)
            .one("value", TagDescription::value)
            .one("resource-id", TagDescription::resourceId)
            .one("resource-type", TagDescription::resourceTypeAsString);
    known.require(r.filters());
    return all(visit).stream().filter(tag -> known.matches(r.filters(), tag)).toList();
  }

  private static List<TagDescription> all(Visit visit) {
    List<TagDescription> all = new ArrayList<>();
    for (String id : visit.world().tagged(visit.scope())) {
      visit.tags(id).forEach((key, value) -> all.add(description(id, key, value)));
    }
    return all;
  }

  private static TagDescription description(String id, String key, String value) {
    return TagDescription.builder()
        .resourceId(id)
        .resourceType(kind(id))
        .key(key)
        .value(value)
        .build();
  }

  private static ResourceType kind(String id) {
    if (id.startsWith("i-")) {
      return ResourceType.INSTANCE;
    }
    if (id.startsWith("vol-")) {
      return ResourceType.VOLUME;
    }
    return id.startsWith("snap-") ? ResourceType.SNAPSHOT : ResourceType.IMAGE;
  }
}
