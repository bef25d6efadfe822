package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Executions by id; each write is atomic for its own item. */
final class InMemoryExecutions implements Executions {
  private final Map<ExecutionId, Execution> items = new ConcurrentHashMap<>();

  @Override
  public List<Write<Execution>> create(List<Execution> fresh) {
    return fresh.stream().map(this::create).toList();
  }

  private Write<Execution> create(Execution fresh) {
    Execution there = items.putIfAbsent(fresh.id(), fresh);
    return there == null ? new Write.Applied<>(fresh) : new Write.Refused<>(there);
  }

  @Override
  public Write<Execution> claim(Claim claim) {
    return write(claim.id(), stored -> ExecutionRules.claim(stored, claim));
  }

  @Override
  public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
    return write(id, stored -> ExecutionRules.advance(stored, epoch, move));
  }

  @Override
  public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
    return write(id, stored -> ExecutionRules.cancel(stored, cancel, force));
  }

  @Override
  public Write<Execution> drop(ExecutionId id, String why) {
    return write(id, stored -> ExecutionRules.drop(stored, why));
  }

  @Override
  public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
    return write(id, stored -> ExecutionRules.redrive(stored, drive, uncertainToo));
  }

  @Override
  public List<Execution> find(Collection<ExecutionId> ids) {
    return ids.stream().map(items::get).filter(Objects::nonNull).toList();
  }

  void forget(Collection<ExecutionId> ids) {
    items.keySet().removeAll(Set.copyOf(ids));
  }

  private Write<Execution> write(ExecutionId id, Function<Execution, Write<Execution>> rule) {
    while (true) {
      Execution stored = items.get(id);
      if (stored == null) {
        return new Write.Absent<>();
      }
      Write<Execution> write = rule.apply(stored);
      if (!(write instanceof Write.Applied<Execution> applied)
          || items.replace(id, stored, applied.now())) {
        return write;
      }
    }
  }
}
