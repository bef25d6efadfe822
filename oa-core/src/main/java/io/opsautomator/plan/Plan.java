package io.opsautomator.plan;

import io.opsautomator.action.Effects;
import io.opsautomator.resource.Unit;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would do, as immutable data. {@code hash} is SHA-256 over a canonical form of task,
 * units, facts and steps, not over {@code at}; {@code apply} runs exactly these steps or refuses,
 * checking each unit's facts again just before.
 */
public record Plan(TaskName task, Instant at, List<UnitPlan> units, String hash) {
  /**
   * @param facts what was read and decides, as JSON by name
   * @param openAt the step whose result decides how it goes on; an open plan can be read but not
   *     applied as a whole
   */
  public record UnitPlan(
      Unit unit, Map<String, String> facts, List<Step> steps, Optional<String> openAt) {}

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
