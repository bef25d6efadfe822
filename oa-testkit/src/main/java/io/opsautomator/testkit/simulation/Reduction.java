package io.opsautomator.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By how much a world is smaller than its seed says.
 *
 * @param tasks at most so many
 * @param things at most so many in any account and region
 * @param nodes at most so many processes at a time
 * @param operations at most so many by operators
 * @param faults only those of these numbers; empty for all
 */
record Reduction(int tasks, int things, int nodes, int operations, Optional<Set<Integer>> faults) {
  static final Reduction NONE = new Reduction(99, 99, 99, 99, Optional.empty());

  Reduction withTasks(int most) {
    return new Reduction(most, things, nodes, operations, faults);
  }

  Reduction withThings(int most) {
    return new Reduction(tasks, most, nodes, operations, faults);
  }

  Reduction withNodes(int most) {
    return new Reduction(tasks, things, most, operations, faults);
  }

  Reduction withOperations(int most) {
    return new Reduction(tasks, things, nodes, most, faults);
  }

  Reduction withFaults(Set<Integer> only) {
    return new Reduction(tasks, things, nodes, operations, Optional.of(new TreeSet<>(only)));
  }

  /** As given on a command line; see {@link #option}. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    add(options, "--tasks", tasks);
    add(options, "--things", things);
    add(options, "--processes", nodes);
    add(options, "--operations", operations);
    faults.ifPresent(
        only -> {
          options.add("--faults");
          options.add(
              only.isEmpty()
                  ? "none"
                  : only.stream().map(String::valueOf).collect(Collectors.joining(",")));
        });
    return options;
  }

  private static void add(List<String> options, String name, int most) {
    if (most < 99) {
      options.add(name);
      options.add(String.valueOf(most));
    }
  }

  /** With one more option; empty if it is none of these. */
  Optional<Reduction> option(String name, String value) {
    return switch (name) {
      case "--tasks" -> Optional.of(withTasks(Integer.parseInt(value)));
      case "--things" -> Optional.of(withThings(Integer.parseInt(value)));
      case "--processes" -> Optional.of(withNodes(Integer.parseInt(value)));
      case "--operations" -> Optional.of(withOperations(Integer.parseInt(value)));
      case "--faults" -> Optional.of(withFaults(numbers(value)));
      default -> Optional.empty();
    };
  }

  private static Set<Integer> numbers(String value) {
    return value.equals("none")
        ? Set.of()
        : Arrays.stream(value.split(",")).map(Integer::valueOf).collect(Collectors.toSet());
  }
}
