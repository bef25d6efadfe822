package io.opsautomator.plan;

import io.opsautomator.action.Effects;
import io.opsautomator.resource.Unit;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would do, as immutable data. {@code hash} is SHA-256 over a canonical form of task,
 * units, facts and steps, not over {@code at}: two plans with one hash do the same for the same
 * reasons.
 */
public record Plan(
    TaskName task, Instant at, List<UnitPlan> units, List<String> problems, String hash) {
  public Plan {
    units = List.copyOf(units);
    problems = List.copyOf(problems);
  }

  /**
   * @param facts what was read and decides, as JSON by name
   * @param openAt the step whose result decides how it goes on; nobody can know before it is done
   * @param notes what the action warned of, or why it would fail
   */
  public record UnitPlan(
      Unit unit,
      Map<String, String> facts,
      List<Step> steps,
      Optional<String> openAt,
      List<String> notes) {
    public UnitPlan {
      facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
      steps = List.copyOf(steps);
      notes = List.copyOf(notes);
    }
  }

  /**
   * One of several alternatives carries the name of the choice and the candidate, such as {@code
   * type=t3.large}.
   */
  public record Step(
      String name, Effects.Kind kind, boolean undoable, Optional<String> alternative) {}

  /** Whether a rollback can take back every step; a wait needs no taking back. */
  public boolean undoable() {
    return units.stream()
        .flatMap(u -> u.steps().stream())
        .allMatch(s -> s.undoable() || s.kind() == Effects.Kind.AWAIT);
  }

  public boolean open() {
    return units.stream().anyMatch(u -> u.openAt().isPresent());
  }
}
