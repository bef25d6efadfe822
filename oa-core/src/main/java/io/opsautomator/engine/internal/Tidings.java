package io.opsautomator.engine.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.notify.Notification;
import io.opsautomator.notify.Notification.NothingHappened;
import io.opsautomator.notify.Notification.Part;
import io.opsautomator.notify.Notification.RunEnded;
import io.opsautomator.notify.Notification.RunStarted;
import io.opsautomator.notify.Notification.Why;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.Ids;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the runs of a task give to tell of. Made of what is stored and of nothing else, so that
 * every process tells the same, under the same ids.
 */
final class Tidings {
  private static final int FAILED = 10;
  private static final int SLOWEST = 5;
  private static final int MOST = 10_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Kernel kernel;

  Tidings(Kernel kernel) {
    this.kernel = kernel;
  }

  /** What happened after an instant to runs whose definition wants that told; in order. */
  List<Notification> since(Instant after, List<Run> runs) {
    List<Notification> all = new ArrayList<>();
    for (Run run : runs) {
      boolean ended = run.summary().ended().filter(end -> end.isAfter(after)).isPresent();
      boolean began = run.cause().at().isAfter(after);
      if ((began || ended) && TaskCodec.read(run.cause().definition()).options().notifications()) {
        if (began) {
          all.addAll(began(run));
        }
        if (ended && run.state() != State.PASSED) {
          all.addAll(ended(run));
        }
      }
    }
    all.sort(Comparator.comparing(Notification::at));
    return all;
  }

  private List<Notification> began(Run run) {
    Instant at = run.cause().at();
    List<Notification> all = new ArrayList<>();
    late(run).ifPresent(all::add);
    if (run.state() == State.PASSED) {
      String words = "no run: " + run.summary().reason();
      all.add(nothing(run, "held-back", at, Why.HELD_BACK, words));
    } else {
      boolean waits = run.state() == State.QUEUED;
      String id = Ids.derive("started", run.id().value());
      all.add(new RunStarted(id, at, run.task(), run.id(), run.cause().trigger(), waits));
    }
    return all;
  }

  private static Optional<Notification> late(Run run) {
    if (!(run.cause().trigger() instanceof Trigger.Firing firing)
        || !firing.due().isBefore(run.cause().at().minus(Settings.LATE))) {
      return Optional.empty();
    }
    Instant first = run.cause().missed().from().orElse(firing.due());
    int more = run.cause().missed().count();
    String words =
        "was due at "
            + firing.due()
            + (more == 0 ? "" : " and " + more + " times before, first at " + first)
            + "; it was found at "
            + run.cause().at();
    return Optional.of(
        new NothingHappened(
            notFired(run.task().value(), first),
            run.cause().at(),
            run.task(),
            Why.NOT_FIRED,
            Optional.of(run.id()),
            words));
  }

  /** The id of that this instant has not fired, whoever finds out. */
  static String notFired(String task, Instant due) {
    return Ids.derive("not-fired", task, due.toString());
  }

  private List<Notification> ended(Run run) {
    Instant at = run.summary().ended().orElseThrow();
    String drive = Integer.toString(run.drive().number());
    String id = Ids.derive("ended", run.id().value(), drive);
    List<Batch> batches = kernel.store().selections().batches(run.id());
    List<Notification> all = new ArrayList<>();
    all.add(
        new RunEnded(
            id,
            at,
            run.task(),
            run.id(),
            run.state(),
            run.summary(),
            failed(batches),
            slowest(batches)));
    if (run.state() == State.COMPLETE && batches.stream().allMatch(b -> b.executions().isEmpty())) {
      String words = run.summary().reason();
      all.add(nothing(run, "nothing-selected", at, Why.NOTHING_SELECTED, words));
    }
    return all;
  }

  private static Notification nothing(Run run, String what, Instant at, Why why, String words) {
    String id = Ids.derive(what, run.id().value());
    return new NothingHappened(id, at, run.task(), why, Optional.of(run.id()), words);
  }

  private List<Part> failed(List<Batch> batches) {
    List<Part> failed = new ArrayList<>();
    for (Batch batch : batches) {
      if (failed.size() < FAILED && !batch.failed().isEmpty()) {
        kernel.store().executions().find(batch.executions()).stream()
            .filter(x -> x.status().ended() && x.status() != Status.SUCCEEDED)
            .limit(FAILED - failed.size())
            .forEach(x -> failed.add(part(x)));
      }
    }
    return failed;
  }

  private List<Part> slowest(List<Batch> batches) {
    if (batches.stream().mapToInt(batch -> batch.executions().size()).sum() > MOST) {
      return List.of();
    }
    List<Part> slowest = new ArrayList<>();
    for (Batch batch : batches) {
      kernel.store().executions().find(batch.executions()).stream()
          .map(Tidings::part)
          .filter(part -> part.took().isPresent())
          .forEach(slowest::add);
      slowest.sort(Comparator.comparing((Part p) -> p.took().orElseThrow()).reversed());
      slowest = new ArrayList<>(slowest.subList(0, Math.min(SLOWEST, slowest.size())));
    }
    return slowest;
  }

  private static Part part(Execution execution) {
    String stored = execution.progress().outcome().orElse("");
    JsonNode outcome = read(stored);
    String code = outcome.path("code").asText();
    String reason = outcome.isObject() ? outcome.path("reason").asText() : stored;
    return new Part(
        execution.id(),
        read(execution.origin().payload()).path("key").asText(),
        execution.status(),
        took(execution, outcome.path("ended").asText()),
        code.isEmpty() || reason.isEmpty() ? code + reason : code + ": " + reason);
  }

  private static Optional<Duration> took(Execution execution, String ended) {
    return execution
        .progress()
        .startedAt()
        .filter(start -> !ended.isEmpty())
        .map(start -> Duration.between(start, Instant.parse(ended)));
  }

  /** What never began has a text for its outcome. */
  private static JsonNode read(String json) {
    try {
      return json.startsWith("{") ? JSON.readTree(json) : JSON.missingNode();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is stored of an execution is not JSON", e);
    }
  }
}
