package io.opsautomator.cli;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.ArnPattern;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Scope;
import java.util.Optional;

/** A resource that somebody asks for. */
record Sought(String text, Optional<ArnPattern> arn) {

  /**
   * An id, or an ARN.
   *
   * @throws Failure if it begins like an ARN and is none
   */
  static Sought of(String text) {
    String wanted = text.strip();
    try {
      boolean isArn = wanted.startsWith("arn:");
      return new Sought(wanted, isArn ? Optional.of(ArnPattern.parse(wanted)) : Optional.empty());
    } catch (InvalidExpressionException e) {
      throw new Failure(Failure.BAD_INPUT, "--resource: " + e.getMessage(), e);
    }
  }

  boolean is(Resource<?> resource) {
    return resource.id().equals(text) || arn.filter(it -> it.matches(resource)).isPresent();
  }

  /** What follows the last slash or colon of an ARN. */
  String id() {
    return text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
  }

  /** Where an ARN says that it is; empty where it does not say so. */
  Optional<Scope> place() {
    String[] parts = text.split(":", 6);
    boolean placed = arn.isPresent() && parts[4].matches("\\d{12}") && !parts[3].isEmpty();
    return placed && parts[3].matches("[a-z0-9-]+")
        ? Optional.of(Scope.of(parts[4], parts[3]))
        : Optional.empty();
  }
}
