package io.opsautomator.report;

import io.opsautomator.store.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Executions that failed, by what they have in common; of each cause some are kept as examples.
 * What is kept is bounded however many fail. Not thread-safe.
 */
final class Failures {
  private static final int CAUSES = 100;
  private static final int EXAMPLES = 5;
  private static final int PLACES = 50;
  private static final int RUNS = 4;
  private static final int SHOWN = 60;
  static final String OTHER = "other causes";

  private final Map<Key, Group> groups = new LinkedHashMap<>();

  private final Set<String> runs = new LinkedHashSet<>();

  private record Key(String task, String cause) {}

  /** Of one task and cause. */
  static final class Group {
    final String task;
    final String cause;
    final Set<String> places = new LinkedHashSet<>();
    final List<Execution> examples = new ArrayList<>();
    final List<Instant> times = new ArrayList<>(2);
    int count;

    private Group(Key key) {
      task = key.task();
      cause = key.cause();
    }

    private void add(Execution execution, Outcome outcome) {
      count++;
      if (places.size() < PLACES) {
        places.add(outcome.where());
      }
      if (examples.size() < EXAMPLES) {
        examples.add(execution);
      }
      execution.progress().startedAt().ifPresent(this::seen);
    }

    private void seen(Instant at) {
      if (times.isEmpty()) {
        times.add(at);
        times.add(at);
      }
      times.set(0, at.isBefore(times.get(0)) ? at : times.get(0));
      times.set(1, at.isAfter(times.get(1)) ? at : times.get(1));
    }

    Optional<Instant> first() {
      return times.stream().findFirst();
    }

    Optional<Instant> last() {
      return times.stream().skip(1).findFirst();
    }
  }

  void add(String task, Execution execution) {
    Outcome outcome = Outcome.of(execution);
    if (runs.size() < RUNS) {
      runs.add(execution.origin().run().value());
    }
    Key key = new Key(task, outcome.cause());
    boolean room = groups.size() < CAUSES || groups.containsKey(key);
    Key own = room ? key : new Key(task, OTHER);
    if (room || groups.containsKey(own) || groups.size() < 2 * CAUSES) {
      groups.computeIfAbsent(own, Group::new).add(execution, outcome);
    }
  }

  /** Whose executions they are: the newest first, and not more than a few. */
  List<String> runs() {
    return List.copyOf(runs);
  }

  /** The most frequent first; what is put together last. */
  List<Group> groups() {
    return groups.values().stream()
        .sorted(
            Comparator.comparing((Group group) -> group.cause.equals(OTHER))
                .thenComparingInt(group -> -group.count))
        .toList();
  }

  /** Those that are told in full: fewer of each cause where there are many causes. */
  List<Execution> examples() {
    return groups().stream().limit(SHOWN).flatMap(group -> examples(group).stream()).toList();
  }

  List<Execution> examples(Group group) {
    int most = Math.max(1, SHOWN / Math.max(1, groups.size()));
    return group.examples.subList(0, Math.min(most, group.examples.size()));
  }
}
