package io.opsautomator.actions.ec2;

import io.opsautomator.resource.TagChanges;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Reads and writes the tags of one EC2 resource; writing the same again changes nothing. */
final class Tags {
  private static final String GONE = TagChanges.DELETE;

  private Tags() {}

  static Map<String, String> read(Ec2Client ec2, String id) {
    Map<String, String> tags = new TreeMap<>();
    Filter of = Filter.builder().name("resource-id").values(id).build();
    ec2.describeTagsPaginator(r -> r.filters(of)).tags().stream()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  static void write(Ec2Client ec2, String id, TagChanges changes) {
    if (!changes.remove().isEmpty()) {
      delete(ec2, id, changes.remove());
    }
    if (!changes.set().isEmpty()) {
      ec2.createTags(r -> r.resources(id).tags(of(changes.set())));
    }
  }

  /** Puts the tags that {@code changes} touched back to what they were. */
  static void restore(Ec2Client ec2, String id, Map<String, String> before, TagChanges changes) {
    Map<String, String> old = new LinkedHashMap<>();
    changes.set().keySet().forEach(name -> old.put(name, before.getOrDefault(name, GONE)));
    changes.remove().forEach(name -> old.put(name, before.getOrDefault(name, GONE)));
    write(ec2, id, TagChanges.of(old));
  }

  /** Whatever their values are. */
  static void delete(Ec2Client ec2, String id, Set<String> names) {
    ec2.deleteTags(
        r ->
            r.resources(id)
                .tags(names.stream().map(name -> Tag.builder().key(name).build()).toList()));
  }

  static Tag[] of(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toArray(Tag[]::new);
  }
}
