package io.opsautomator.templategen.cloudformation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that CloudFormation makes. Immutable; begins with a type, and each method gives one
 * with something more.
 *
 * @param type such as {@code AWS::SQS::Queue} or {@code Custom::TaskConfig}
 * @param metadata for those who read the template; CloudFormation keeps it and does nothing with it
 * @param condition the name of the condition under which it is made; empty for always
 * @param deletion what becomes of it with the stack; empty for CloudFormation's default
 * @param replacement what becomes of it when an update replaces it
 */
public record Resource(
    String type,
    Fields properties,
    Fields metadata,
    List<String> dependsOn,
    Optional<String> condition,
    Optional<Fate> deletion,
    Optional<Fate> replacement) {
  public Resource {
    dependsOn = List.copyOf(dependsOn);
  }

  /** What becomes of what is there. */
  public enum Fate {
    DELETE("Delete"),
    RETAIN("Retain"),
    RETAIN_EXCEPT_ON_CREATE("RetainExceptOnCreate"),
    SNAPSHOT("Snapshot");

    private final String word;

    Fate(String word) {
      this.word = word;
    }

    /** As the template has it. */
    @Override
    public String toString() {
      return word;
    }
  }

  public static Resource of(String type) {
    return new Resource(type, Value.fields());
  }

  /** One with all of its properties. */
  public Resource(String type, Fields properties) {
    this(
        type,
        properties,
        Value.fields(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** With this property; see {@link Value#of} for what it may be. */
  public Resource with(String property, Object value) {
    return new Resource(
        type,
        properties.with(property, value),
        metadata,
        dependsOn,
        condition,
        deletion,
        replacement);
  }

  /** With a note for those who read the template. */
  public Resource noting(String key, Object value) {
    return new Resource(
        type, properties, metadata.with(key, value), dependsOn, condition, deletion, replacement);
  }

  public Resource dependsOn(String... ids) {
    List<String> more = new ArrayList<>(dependsOn);
    more.addAll(List.of(ids));
    return new Resource(type, properties, metadata, more, condition, deletion, replacement);
  }

  /** Made only if the condition of this name holds. */
  public Resource onlyIf(String newCondition) {
    return new Resource(
        type, properties, metadata, dependsOn, Optional.of(newCondition), deletion, replacement);
  }

  /** Survives its stack, and its replacement. */
  public Resource retained() {
    return on(Fate.RETAIN, Fate.RETAIN);
  }

  public Resource on(Fate newDeletion, Fate newReplacement) {
    return new Resource(
        type,
        properties,
        metadata,
        dependsOn,
        condition,
        Optional.of(newDeletion),
        Optional.of(newReplacement));
  }
}
