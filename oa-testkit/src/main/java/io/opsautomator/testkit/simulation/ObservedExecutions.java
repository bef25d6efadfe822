package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells of every write of an execution. */
final class ObservedExecutions implements Executions {
  private final Executions items;
  private final Recorder recorder;

  ObservedExecutions(Executions items, Recorder recorder) {
    this.items = items;
    this.recorder = recorder;
  }

  @Override
  public List<Write<Execution>> create(List<Execution> fresh) {
    List<Write<Execution>> answer = items.create(fresh);
    List<Change> changes = new ArrayList<>();
    for (Write<Execution> write : answer) {
      if (write instanceof Write.Applied<Execution> applied) {
        changes.add(new Change.OfExecution(Optional.empty(), applied.now()));
      }
    }
    recorder.written(new Request.Create(fresh), changes, answer);
    return answer;
  }

  @Override
  public Write<Execution> claim(Claim claim) {
    return told(new Request.Claim(claim), claim.id(), () -> items.claim(claim));
  }

  @Override
  public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
    return told(new Request.Advance(id, epoch, move), id, () -> items.advance(id, epoch, move));
  }

  @Override
  public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
    return told(new Request.Cancel(id, cancel, force), id, () -> items.cancel(id, cancel, force));
  }

  @Override
  public Write<Execution> drop(ExecutionId id, String why) {
    return told(new Request.Drop(id, why), id, () -> items.drop(id, why));
  }

  @Override
  public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
    return told(
        new Request.Redrive(id, drive, uncertainToo),
        id,
        () -> items.redrive(id, drive, uncertainToo));
  }

  private Write<Execution> told(Request request, ExecutionId id, Supplier<Write<Execution>> write) {
    Optional<Execution> before = items.find(List.of(id)).stream().findFirst();
    Write<Execution> answer = write.get();
    List<Change> changes = List.of();
    if (answer instanceof Write.Applied<Execution> applied) {
      changes = List.of(new Change.OfExecution(before, applied.now()));
      recorder.seen(applied.now());
    }
    recorder.written(request, changes, answer);
    return answer;
  }

  @Override
  public List<Execution> find(Collection<ExecutionId> ids) {
    return items.find(ids);
  }
}
