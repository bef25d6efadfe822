package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.ExecutionRules;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Executions in memory whose rules a mutant may replace one by one. Confined to one world. */
class RuledExecutions implements Executions {
  private final Map<ExecutionId, Execution> items = new HashMap<>();

  // -- Rules --------------------------------------------------------------------------------------

  Write<Execution> claim(Execution stored, Claim claim) {
    return ExecutionRules.claim(stored, claim);
  }

  Write<Execution> advance(Execution stored, long epoch, Move move) {
    return ExecutionRules.advance(stored, epoch, move);
  }

  Write<Execution> redrive(Execution stored, int drive, boolean uncertainToo) {
    return ExecutionRules.redrive(stored, drive, uncertainToo);
  }

  // -- The store ----------------------------------------------------------------------------------

  @Override
  public final List<Write<Execution>> create(List<Execution> fresh) {
    List<Write<Execution>> made = new ArrayList<>();
    for (Execution execution : fresh) {
      Execution there = items.putIfAbsent(execution.id(), execution);
      made.add(there == null ? new Write.Applied<>(execution) : new Write.Refused<>(there));
    }
    return made;
  }

  @Override
  public final Write<Execution> claim(Claim claim) {
    Execution stored = items.get(claim.id());
    return stored == null ? new Write.Absent<>() : keep(claim(stored, claim));
  }

  @Override
  public final Write<Execution> advance(ExecutionId id, long epoch, Move move) {
    Execution stored = items.get(id);
    return stored == null ? new Write.Absent<>() : keep(advance(stored, epoch, move));
  }

  @Override
  public final Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
    Execution stored = items.get(id);
    return stored == null
        ? new Write.Absent<>()
        : keep(ExecutionRules.cancel(stored, cancel, force));
  }

  @Override
  public final Write<Execution> drop(ExecutionId id, String why) {
    Execution stored = items.get(id);
    return stored == null ? new Write.Absent<>() : keep(ExecutionRules.drop(stored, why));
  }

  @Override
  public final Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
    Execution stored = items.get(id);
    return stored == null ? new Write.Absent<>() : keep(redrive(stored, drive, uncertainToo));
  }

  @Override
  public final List<Execution> find(Collection<ExecutionId> ids) {
    return ids.stream().map(items::get).filter(Objects::nonNull).toList();
  }

  private Write<Execution> keep(Write<Execution> write) {
    if (write instanceof Write.Applied<Execution> applied) {
      items.put(applied.now().id(), applied.now());
    }
    return write;
  }
}
