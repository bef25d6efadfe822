package io.opsautomator.templategen.cloudformation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the values of parameters have to keep to together; CloudFormation refuses the stack if they
 * do not. Immutable.
 *
 * @param when the rule counts only then; empty for always
 */
public record Rule(Optional<Condition> when, List<Assertion> assertions) {
  public Rule {
    assertions = List.copyOf(assertions);
  }

  /** {@code words} is what CloudFormation says if it does not hold. */
  public record Assertion(Condition holds, String words) {}

  public static Rule that(Condition holds, String words) {
    return new Rule(Optional.empty(), List.of(new Assertion(holds, words)));
  }

  public static Rule when(Condition condition, Condition holds, String words) {
    return new Rule(Optional.of(condition), List.of(new Assertion(holds, words)));
  }

  public Rule and(Condition holds, String words) {
    List<Assertion> more = new ArrayList<>(assertions);
    more.add(new Assertion(holds, words));
    return new Rule(when, more);
  }
}
