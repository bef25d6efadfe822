package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Denylist;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.task.Budget;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far the tasks of a world may go: by their own guards, and by those of the deployment. */
final class Limits {
  private static final int PROTECTED = 4;

  private Limits() {}

  /** In some tasks: errors, waves, or how many resources. */
  static void guard(Task.Builder task, Chance dice) {
    if (dice.in(0.65)) {
      return;
    }
    switch (dice.below(5)) {
      case 0 -> task.maxErrors("" + dice.between(1, 3));
      case 1 -> task.maxErrors("50%");
      case 2 -> roll(task.canary("1"), dice);
      case 3 -> roll(task.waves("" + dice.between(1, 3)).maxErrors("2"), dice);
      default -> task.maxResources(dice.in(0.5) ? "" + dice.between(1, 8) : "60%");
    }
  }

  private static void roll(Task.Builder task, Chance dice) {
    if (dice.in(0.7)) {
      task.pause(Duration.ofSeconds(dice.between(5, 60)));
    }
    if (dice.in(0.3)) {
      task.approve();
    }
  }

  /** In some tasks, where executions are in one region each. */
  static void perRegion(Task.Builder task, Aggregation aggregation, Chance dice) {
    boolean inOne = aggregation == Aggregation.RESOURCE || aggregation == Aggregation.REGION;
    if (inOne && dice.in(0.25)) {
      task.maxConcurrentPerRegion(dice.between(1, 2));
    }
  }

  /** In some worlds: resources that nobody may touch, and a budget over all tasks. */
  static Safeguards safeguards(Chance dice) {
    Denylist deny =
        dice.in(0.3)
            ? new Denylist(Set.of(), List.of(TagFilter.parse("Protected=yes")), List.of())
            : Denylist.NONE;
    Optional<Budget> budget =
        dice.in(0.2)
            ? Optional.of(new Budget(dice.between(3, 20), Duration.ofMinutes(10)))
            : Optional.empty();
    return new Safeguards(deny, budget);
  }

  /** What a thing carries; some are protected, whether or not anybody denies them. */
  static Map<String, String> tags(String id, int number) {
    return Map.of("Name", id, "Protected", number % PROTECTED == PROTECTED - 1 ? "yes" : "no");
  }
}
