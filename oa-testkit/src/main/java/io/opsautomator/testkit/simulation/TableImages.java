package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Page;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What changes of items mean: which record of the store each is part of, as its key says, and what
 * that record was and is. Reads them with a store of its own, so that nothing here knows how they
 * are written; what is the same as before is not told. Keys are those of {@code docs/dynamodb.md}.
 */
final class TableImages {
  private final Store truth;
  private final Map<Object, Object> last = new HashMap<>();

  TableImages(Store truth) {
    this.truth = truth;
  }

  /** Of one write of the table. */
  List<Change> of(List<io.opsautomator.testkit.dynamodb.Change> changes) {
    List<Change> all = new ArrayList<>();
    for (io.opsautomator.testkit.dynamodb.Change change : changes) {
      if (change.after().isPresent()) {
        String pk = text(change.key(), "pk");
        int end = pk.indexOf('#');
        if (end == 1) {
          of(pk.charAt(0), pk.substring(2), text(change.key(), "sk")).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private static String text(Map<String, AttributeValue> key, String name) {
    return Objects.requireNonNull(key.get(name)).s();
  }

  private Optional<Change> of(char kind, String id, String sk) {
    return switch (kind) {
      case 'X' -> execution(new ExecutionId(id));
      case 'G' -> gate(new GateKey(id));
      case 'T' -> sk.equals("T") ? task(new TaskName(id)) : Optional.empty();
      case 'R' -> ofRun(new RunId(id), sk);
      default -> Optional.empty();
    };
  }

  private Optional<Change> ofRun(RunId run, String sk) {
    String rest = sk.length() > 2 ? sk.substring(2) : "";
    return switch (sk.charAt(0)) {
      case 'R' -> told(run, truth.runs().find(run), Change.OfRun::new);
      case 'S' -> slice(run, rest);
      case 'P' -> page(run, rest);
      case 'D', 'E' -> batch(run, rest);
      default -> Optional.empty();
    };
  }

  /** Told if it is there, and is not as it was told last. */
  private <T> Optional<Change> told(
      Object id, Optional<T> now, BiFunction<Optional<T>, T, Change> change) {
    if (now.isEmpty()) {
      return Optional.empty();
    }
    @SuppressWarnings("unchecked") // Each kind of id is kept with its own kind of record.
    Optional<T> before = Optional.ofNullable((T) last.put(id, now.get()));
    return before.equals(now) ? Optional.empty() : Optional.of(change.apply(before, now.get()));
  }

  private Optional<Change> execution(ExecutionId id) {
    Optional<Execution> now = truth.executions().find(List.of(id)).stream().findFirst();
    return told(id, now, Change.OfExecution::new);
  }

  private Optional<Change> gate(GateKey key) {
    Optional<Gate> now = truth.gates().find(key);
    return told(key, now, Change.OfGate::new);
  }

  private Optional<Change> task(TaskName name) {
    Optional<StoredTask> now = truth.tasks().find(name);
    return told(name, now, Change.OfTask::new);
  }

  private Optional<Change> slice(RunId run, String scope) {
    Optional<Slice> now =
        truth.selections().slices(run).stream()
            .filter(slice -> slice.scope().key().equals(scope))
            .findFirst();
    return told(
        List.of(run, scope),
        now,
        (before, slice) -> new Change.OfSlice(run, slice.scope(), before, slice));
  }

  /** Named by its scope and its number. */
  private Optional<Change> page(RunId run, String name) {
    int space = name.lastIndexOf(' ');
    int number = Integer.parseInt(name.substring(space + 1));
    Optional<Page> now =
        truth.selections().slices(run).stream()
            .filter(slice -> slice.scope().key().equals(name.substring(0, space)))
            .flatMap(slice -> truth.selections().pages(run, slice.scope(), number, 1).stream())
            .findFirst();
    return told(List.of(run, name), now, (before, page) -> new Change.OfPage(run, page));
  }

  /** Named by its group and its number; told once, though it is in several items. */
  private Optional<Change> batch(RunId run, String name) {
    int space = name.lastIndexOf(' ');
    BatchId id = new BatchId(name.substring(0, space), Integer.parseInt(name.substring(space + 1)));
    Optional<Batch> now =
        truth.selections().batches(run).stream().filter(batch -> batch.id().equals(id)).findFirst();
    return told(List.of(run, id), now, (before, batch) -> new Change.OfBatch(run, before, batch));
  }
}
