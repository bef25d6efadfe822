package io.opsautomator.task;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Stability;
import io.opsautomator.action.ParameterSchema.Decoded;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.internal.Nearest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a task can be run, by the actions there are and without calling anything. All doors
 * use it before a task is stored. Immutable and thread-safe.
 */
public final class TaskValidator {
  private static final Logger LOG = LoggerFactory.getLogger(TaskValidator.class);

  private final ActionCatalog actions;

  public TaskValidator(ActionCatalog actions) {
    this.actions = actions;
  }

  /**
   * What was found. Fields are named as in a task file.
   *
   * @param violations why the task cannot be stored; empty if it can
   * @param warnings what is allowed and perhaps not meant
   */
  public record Report(List<Violation> violations, List<Violation> warnings) {
    public Report {
      violations = List.copyOf(violations);
      warnings = List.copyOf(warnings);
    }

    public boolean valid() {
      return violations.isEmpty();
    }
  }

  /**
   * Checks everything, whatever is found first.
   *
   * @param now for telling in a warning when a task would fire next
   */
  public Report validate(Task task, Instant now) {
    List<Violation> violations = new ArrayList<>();
    List<Violation> warnings = new ArrayList<>();
    Optional<Action<?>> action = actions.find(task.work().action());
    if (action.isPresent()) {
      check(task, action.get(), violations, warnings);
    } else {
      violations.add(unknown(task.work().action()));
    }
    TaskLint.check(task, now, warnings);
    return new Report(violations, warnings);
  }

  /** What is wrong with the name of an action; empty if an action has it. */
  Optional<Violation> unknownAction(String name) {
    return actions.find(name).isPresent() ? Optional.empty() : Optional.of(unknown(name));
  }

  /** What is odd about the attributes of a task that has other problems. */
  List<Violation> oddAttributes(String name, String attributes) {
    return actions
        .find(name)
        .map(action -> TaskRules.odd(attributes, action.metadata().selection().type()))
        .orElse(List.of());
  }

  private Violation unknown(String name) {
    String hint = Nearest.hint(name, actions.names());
    String known =
        actions.names().isEmpty()
            ? "; there are no actions at all"
            : "; known: " + String.join(", ", actions.names());
    return new Violation(
        "ERR_ACTION_DOES_NOT_EXIST",
        "action",
        "there is no action '" + name + "'" + (hint.isEmpty() ? known : hint));
  }

  private static <P extends Record> void check(
      Task task, Action<P> action, List<Violation> violations, List<Violation> warnings) {
    ActionMetadata<P> metadata = action.metadata();
    if (metadata.identity().stability() == Stability.INTERNAL) {
      violations.add(
          new Violation(
              "ERR_ACTION_ONLY_INTERNAL",
              "action",
              "'" + metadata.name() + "' is for the engine's own use"));
    }
    ActionMetadata.Limits limits = metadata.limits();
    Decoded<P> decoded = metadata.parameters().decode(task.work().parameters());
    if (decoded instanceof Decoded.Invalid<P> invalid) {
      invalid.violations().forEach(v -> violations.add(inParameters(v)));
    } else if (decoded instanceof Decoded.Valid<P> valid) {
      P parameters = valid.value();
      guarded(() -> action.check(parameters), violations)
          .ifPresent(found -> found.forEach(v -> violations.add(inParameters(v))));
      limits = guarded(() -> action.limits(parameters), violations).orElse(limits);
    }
    new TaskRules(task, metadata, limits, violations, warnings).check();
  }

  /** An action's own rules may be wrong themselves; that must not stop the check of other tasks. */
  private static <T> Optional<T> guarded(Supplier<T> rule, List<Violation> violations) {
    try {
      return Optional.of(rule.get());
    } catch (RuntimeException e) {
      LOG.warn("The check of an action's parameters fails, which is a fault of the action", e);
      violations.add(
          new Violation("parameters", "the action's own check of its parameters fails: " + e));
      return Optional.empty();
    }
  }

  private static Violation inParameters(Violation v) {
    String field = v.field().isEmpty() ? "parameters" : "parameters." + v.field();
    return new Violation(v.code(), field, v.problem());
  }
}
