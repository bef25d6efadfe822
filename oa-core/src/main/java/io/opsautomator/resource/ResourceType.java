package io.opsautomator.resource;

/**
 * A kind of resource and the record its attributes are read into: one constant per kind, shared by
 * selector and action.
 */
public record ResourceType<R extends Record>(
    String service, String name, Class<R> attributes, boolean taggable) {
  /** The wire form, such as {@code ec2:Instances}. */
  public String key() {
    return service + ":" + name;
  }
}
