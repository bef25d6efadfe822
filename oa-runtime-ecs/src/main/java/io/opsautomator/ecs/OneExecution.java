package io.opsautomator.ecs;

import io.opsautomator.OpsAutomator;
import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one execution to its end, for those that outlive a function's fifteen minutes, and says
 * how it ended. Whoever else is given the same execution meanwhile is refused by its claim, as
 * among any two workers; what follows from its end goes to the deployment's queue.
 */
final class OneExecution {
  private static final Logger LOG = LoggerFactory.getLogger(OneExecution.class);

  private final ExecutionId id;
  private final Store store;
  private final SingleQueue queue;

  /**
   * @param queue the engine's
   */
  OneExecution(ExecutionId id, Store store, SingleQueue queue) {
    this.id = id;
    this.store = store;
    this.queue = queue;
  }

  /**
   * @param engine neither started nor closed yet; is closed
   * @param stopWithin what the execution may take to come to a boundary after a signal
   */
  ExitStatus work(OpsAutomator engine, Duration stopWithin) throws InterruptedException {
    Optional<Execution> stored = find();
    if (stored.isEmpty()) {
      LOG.error("There is no execution {}", id.value());
      return ExitStatus.BAD_SETTINGS;
    }
    StopSignals signals = StopSignals.listening(() -> stop(engine, stopWithin));
    try {
      engine.standBy();
      first(stored.get()).ifPresent(message -> queue.send(List.of(message), Duration.ZERO));
      queue.workOff();
      close(engine);
    } finally {
      signals.close();
    }
    ExitStatus status = find().map(OneExecution::status).orElse(ExitStatus.FAILED);
    LOG.info("{} is {}", id.value(), find().map(it -> it.status().name()).orElse("gone"));
    return status;
  }

  private Optional<Execution> find() {
    return store.executions().find(List.of(id)).stream().findFirst();
  }

  /** Returns when it is closed, whoever has begun to close it. */
  private synchronized void close(OpsAutomator engine) {
    engine.close();
  }

  private void stop(OpsAutomator engine, Duration within) {
    LOG.info("Asked to stop");
    try {
      if (Stopping.within(within, () -> close(engine))) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn("It hangs in a call; it is taken over when its lease is over");
    Runtime.getRuntime().halt(ExitStatus.CUT_SHORT.code());
  }

  /** What moves it on from where it is. Empty if it has ended, or waits for a slot. */
  private Optional<Message> first(Execution it) {
    int ticket = it.progress().ticket();
    return switch (it.status()) {
      case READY, RUNNING -> Optional.of(new Message.Start(id, ticket, it.latestGrant()));
      case WAITING -> granted(it).map(by -> new Message.Start(id, ticket, Optional.of(by)));
      case COMPLETING -> Optional.of(new Message.Check(id, it.progress().epoch(), Optional.of(it)));
      default -> Optional.empty();
    };
  }

  private Optional<Grant> granted(Execution it) {
    return it.nextGate().flatMap(key -> store.gates().find(key)).map(Gate::held).stream()
        .flatMap(List::stream)
        .filter(grant -> grant.holder().equals(it.ticket()))
        .findFirst();
  }

  static ExitStatus status(Execution it) {
    return switch (it.status()) {
      case SUCCEEDED -> ExitStatus.DONE;
      case FAILED -> ExitStatus.FAILED;
      case CANCELLED, NOT_STARTED -> ExitStatus.CANCELLED;
      case TIMED_OUT -> ExitStatus.TIMED_OUT;
      case UNCERTAIN -> ExitStatus.UNCERTAIN;
      case READY, WAITING, RUNNING, COMPLETING -> ExitStatus.CUT_SHORT;
    };
  }
}
