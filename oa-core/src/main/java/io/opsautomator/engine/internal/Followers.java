package io.opsautomator.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.action.internal.StepValues;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.After;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.Trigger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes the runs that follow another one.
 *
 * <p>A run of a task that others follow ends <em>owing</em>: the write that ends it says that its
 * follow-ups may not have been made, and the run watch looks after it like after an open one. The
 * trigger of a follow-up is named after the run and the drive that it follows, so it comes into
 * being once, by however many it is made; only then is the debt taken off. So a crash anywhere
 * between loses nothing and doubles nothing.
 */
final class Followers {
  /** Of larger runs no results are handed on: they would all have to be read. */
  private static final int SMALL = 100;

  private static final int MOST_RESULTS = 50;
  private static final int LONGEST_RESULT = 1_000;
  private static final String RESULT = "after.result.";

  /** What a text may name in any run of a task that follows others. */
  static final Set<String> NAMES =
      Set.of(
          "after.run",
          "after.task",
          "after.state",
          "after.succeeded",
          "after.failed",
          "after.not-started");

  private final Kernel kernel;
  private final Scheduler scheduler;
  private final Consumer<RunId> settled;

  /**
   * @param settled told of a run that ended when its follow-ups have been made
   */
  Followers(Kernel kernel, Scheduler scheduler, Consumer<RunId> settled) {
    this.kernel = kernel;
    this.scheduler = scheduler;
    this.settled = settled;
  }

  /** How a run ended, if anything may follow that. */
  static Optional<After.End> end(State state) {
    return switch (state) {
      case COMPLETE -> Optional.of(After.End.SUCCEEDED);
      case PARTIAL -> Optional.of(After.End.PARTIAL);
      case FAILED -> Optional.of(After.End.FAILED);
      case CANCELLED -> Optional.of(After.End.CANCELLED);
      default -> Optional.empty();
    };
  }

  /** The summary to end a run with: whether it owes follow-ups then. */
  Run.Summary owing(Run run, State state, Run.Summary last) {
    return last.owing(!following(run, state).isEmpty());
  }

  private List<StoredTask> following(Run run, State state) {
    return end(state)
        .map(
            end ->
                kernel.store().tasks().following(run.task()).stream()
                    .filter(task -> follows(task, run, end))
                    .toList())
        .orElse(List.of());
  }

  private static boolean follows(StoredTask task, Run run, After.End end) {
    return TaskCodec.read(task.definition()).flow().follows(run.task(), end);
  }

  /** Makes what the run owes; doing it again is harmless. */
  void settle(Run ended) {
    if (ended.summary().owing()) {
      List<StoredTask> following = following(ended, ended.state());
      if (!following.isEmpty()) {
        Trigger trigger = trigger(ended);
        following.forEach(task -> scheduler.follow(task, trigger));
      }
      kernel.store().runs().settled(ended.id(), ended.drive().number());
    }
    settled.accept(ended.id());
  }

  private Trigger trigger(Run ended) {
    return new Trigger.Chained(ended.id(), ended.drive().number(), results(ended));
  }

  // -- What a follow-up is told -------------------------------------------------------------------

  private Map<String, String> results(Run ended) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("after.run", ended.id().value());
    told.put("after.task", ended.task().value());
    told.put(
        "after.state", end(ended.state()).orElseThrow().name().toLowerCase(java.util.Locale.ROOT));
    told.put("after.succeeded", Integer.toString(ended.summary().succeeded()));
    told.put("after.failed", Integer.toString(ended.summary().failed()));
    told.put("after.not-started", Integer.toString(ended.summary().notStarted()));
    Batches batches = Batches.of(kernel, ended.id());
    if (batches.executions() <= SMALL) {
      named(batches.stream().toList()).forEach((name, value) -> told.put(RESULT + name, value));
    }
    return told;
  }

  /** The results under whose name all executions say the same. */
  private Map<String, String> named(List<Batch> batches) {
    Map<String, String> unique = new LinkedHashMap<>();
    Set<String> several = new HashSet<>();
    for (Batch batch : batches) {
      for (Execution execution : kernel.store().executions().find(batch.executions())) {
        report(execution)
            .forEach(
                (name, value) -> {
                  String other = unique.putIfAbsent(name, value);
                  if (other != null && !other.equals(value)) {
                    several.add(name);
                  }
                });
      }
    }
    several.forEach(unique::remove);
    unique.keySet().retainAll(unique.keySet().stream().sorted().limit(MOST_RESULTS).toList());
    return unique;
  }

  /** Single values only; what is long is no name of anything. */
  private static Map<String, String> report(Execution execution) {
    Map<String, String> values = new LinkedHashMap<>();
    String outcome = execution.progress().outcome().orElse("");
    if (outcome.startsWith("{")) {
      JsonNode report = StepValues.read("outcome", outcome, JsonNode.class).path("report");
      report
          .properties()
          .forEach(
              field -> {
                boolean fits = field.getValue().asText().length() <= LONGEST_RESULT;
                if (field.getValue().isValueNode() && !field.getValue().isNull() && fits) {
                  values.put(field.getKey(), field.getValue().asText());
                }
              });
    }
    return values;
  }
}
