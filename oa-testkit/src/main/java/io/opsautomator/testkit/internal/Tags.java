package io.opsautomator.testkit.internal;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags in and out of the SDK's shape, and the service's rules for them. */
final class Tags {
  private static final int MOST = 50;

  private Tags() {}

  static List<Tag> shape(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static SortedMap<String, String> read(List<Tag> tags) {
    SortedMap<String, String> read = new TreeMap<>();
    for (Tag tag : tags) {
      read.put(tag.key(), tag.value() == null ? "" : tag.value());
    }
    return read;
  }

  /** Those of one kind of resource. */
  static SortedMap<String, String> read(List<TagSpecification> specifications, ResourceType kind) {
    SortedMap<String, String> read = new TreeMap<>();
    for (TagSpecification specification : specifications) {
      if (specification.resourceType() == kind) {
        read.putAll(read(specification.tags()));
      }
    }
    require(read);
    return read;
  }

  static void require(Map<String, String> tags) {
    tags.forEach(Tags::require);
    if (tags.size() > MOST) {
      throw new Refusal(
          "TagLimitExceeded", "More than " + MOST + " tags specified or already on the resource");
    }
  }

  private static void require(String key, String value) {
    if (key.isEmpty() || key.length() > 127) {
      throw new Refusal(
          "InvalidParameterValue", "Tag key exceeds the maximum length or is empty: '" + key + "'");
    }
    if (value.length() > 255) {
      throw new Refusal(
          "InvalidParameterValue", "Tag value exceeds the maximum length of 255 characters");
    }
    if (key.startsWith("aws:")) {
      throw new Refusal(
          "InvalidParameterValue",
          "Tag keys starting with 'aws:' are reserved for internal use: '" + key + "'");
    }
  }

  static String text(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(","));
  }
}
