package io.opsautomator.resource;

import java.util.Map;

/**
 * Something selected, as it was when selected. Immutable; {@code attributes} is the type's own
 * record.
 */
public record Resource<R extends Record>(
    ResourceType<R> type, String id, Scope scope, Map<String, String> tags, R attributes) {
  public Resource {
    tags = Map.copyOf(tags);
  }

  /**
   * This resource seen as one of {@code wanted}; asking for another type is a programming error,
   * told as such.
   */
  public <T extends Record> Resource<T> as(ResourceType<T> wanted) {
    if (!type.equals(wanted)) {
      throw new IllegalArgumentException(
          id + " is of type " + type.key() + ", not " + wanted.key());
    }
    return new Resource<>(wanted, id, scope, tags, wanted.attributes().cast(attributes));
  }
}
