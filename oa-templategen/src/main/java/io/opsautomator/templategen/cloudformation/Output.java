package io.opsautomator.templategen.cloudformation;

import java.util.Optional;

/**
 * What a stack tells. Immutable.
 *
 * @param exportName the name for {@code Fn::ImportValue} of other stacks; empty if it is not
 *     exported
 * @param condition the name of the condition under which it is there; empty for always
 */
public record Output(
    Value value, String description, Optional<Value> exportName, Optional<String> condition) {
  public static Output of(Object value, String description) {
    return new Output(Value.of(value), description, Optional.empty(), Optional.empty());
  }

  /** For other stacks, under this name, which is one in the region. */
  public Output exportedAs(Object name) {
    return new Output(value, description, Optional.of(Value.of(name)), condition);
  }

  public Output onlyIf(String newCondition) {
    return new Output(value, description, exportName, Optional.of(newCondition));
  }
}
