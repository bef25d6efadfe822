package io.opsautomator.resource;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of resource and the record its attributes are read into: one constant per kind, shared by
 * selector and action. Immutable.
 *
 * @param service as IAM and ARNs name it, such as {@code ec2}
 * @param arn how the ARN of one is formed, with {@code *} for its id and the placeholders of {@link
 *     io.opsautomator.action.Permission}; empty for what has no ARN
 */
public record ResourceType<R extends Record>(
    String service, String name, Class<R> attributes, boolean taggable, Optional<String> arn) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:\\{partition}:[a-z0-9-]+:(\\{region})?:(\\{account})?:[^*{}]*\\*[^*{}]*");

  /** Throws IllegalArgumentException for an ARN of another form. */
  public ResourceType {
    if (arn.isPresent() && !ARN.matcher(arn.get()).matches()) {
      throw new IllegalArgumentException(
          "not an ARN with one * such as arn:{partition}:ec2:{region}:{account}:instance/*: "
              + arn.get());
    }
  }

  /** A kind without ARNs. */
  public ResourceType(String service, String name, Class<R> attributes, boolean taggable) {
    this(service, name, attributes, taggable, Optional.empty());
  }

  /** The same kind, with ARNs of this form. */
  public ResourceType<R> withArn(String form) {
    return new ResourceType<>(service, name, attributes, taggable, Optional.of(form));
  }

  /** The wire form, such as {@code ec2:Instances}. */
  public String key() {
    return service + ":" + name;
  }
}
