package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Completion;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.internal.Leave;
import io.opsautomator.action.internal.ReplayingEffects;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.engine.internal.Queuing.Line;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Run;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes. A start is claimed by a conditional write; who loses that race drops the message,
 * having first passed on the slot it spoke of if the execution no longer needs it. What the action
 * then does ends in exactly one of: an end, a wait, a retry, or nothing at all, when another worker
 * has taken over. Messages are acknowledged last. With the end of one a worker may take on the
 * next: see {@link Turn}.
 *
 * <p>A retry keeps claim, slot and what has been learnt, and puts the message back; nothing of it
 * is stored, since it may as well be taken over by its lease.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Kernel kernel;
  private final Slots slots;
  private final Queuing queuing;
  private final Finisher finisher;
  private final Performer performer;
  private final Retries retries;
  private final Release release;
  private final Map<ExecutionId, Parked> parked = new ConcurrentHashMap<>();

  Worker(Kernel kernel, Slots slots, Queuing queuing, Finisher finisher, Performer performer) {
    this.kernel = kernel;
    this.slots = slots;
    this.queuing = queuing;
    this.finisher = finisher;
    this.performer = performer;
    this.retries = new Retries(kernel);
    this.release = new Release(kernel);
  }

  void start(Message.Start message, Delivery delivery) {
    Turn.take(
        delivery, performer::closing, turn -> begin(message, turn, Optional.empty()), this::goOn);
  }

  private void goOn(Turn.Following next) {
    begin(next.start(), next.turn(), next.claim());
  }

  private void begin(Message.Start message, Turn delivery, Optional<Write<Execution>> claim) {
    Parked waiting = parked.remove(message.execution());
    if (waiting != null) {
      attempt(delivery, waiting);
      return;
    }
    Write<Execution> write = claim.orElseGet(() -> claim(message));
    if (write instanceof Write.Applied<Execution> applied) {
      claimed(delivery, applied.now());
    } else if (write instanceof Write.Refused<Execution> refused) {
      refused(message, delivery, refused.actual());
    } else {
      delivery.acknowledge();
    }
  }

  private Write<Execution> claim(Message.Start start) {
    return kernel
        .store()
        .executions()
        .claim(
            new Claim(
                start.execution(), start.ticket(), start.by(), kernel.now(), kernel.claimant()));
  }

  /** It runs, or it has passed one gate and waits at the next. */
  private void claimed(Turn delivery, Execution now) {
    if (now.status() == Status.RUNNING) {
      attempt(delivery, Parked.unbegun(now));
    } else {
      queueAtNext(now);
      delivery.acknowledge();
    }
  }

  private void queueAtNext(Execution waiting) {
    Run run = kernel.run(waiting.origin().run());
    String order =
        Launcher.order(run, waiting.origin().batch())
            + "/%03d-%d".formatted(waiting.origin().ordinal(), waiting.progress().ticket());
    queuing.begin(new Line(run, kernel.jobs().ofRun(run.id()), 0), order, List.of(waiting));
  }

  private void refused(Message.Start message, Turn delivery, Execution actual) {
    boolean inItsSlot = message.by().equals(actual.latestGrant());
    if (actual.status() == Status.RUNNING && inItsSlot) {
      delivery.again(untilAbandoned(actual));
      return;
    }
    boolean held = message.by().filter(actual.grants()::contains).isPresent();
    if (!held) { // First, for its run ends only when it holds no slot.
      message.by().ifPresent(grant -> slots.handOver(grant, actual));
    }
    if (actual.status().ended()) {
      finisher.ended(actual);
    } else if (actual.status() == Status.WAITING && held && !queuing.granted(actual)) {
      queueAtNext(actual);
    }
    if (delivery.receipts() > 1) {
      actual.gates().forEach(slots::announceAll);
    }
    delivery.acknowledge();
  }

  private Duration untilAbandoned(Execution running) {
    Instant over = running.lease().orElseThrow().until().plus(Settings.MARGIN);
    return Duration.between(kernel.now(), over).plusMillis(1);
  }

  void check(Message.Check message, Delivery delivery) {
    Turn.take(delivery, performer::closing, turn -> look(message, turn), this::goOn);
  }

  private void look(Message.Check message, Turn delivery) {
    Parked waiting = parked.remove(message.execution());
    if (waiting != null) {
      attempt(delivery, waiting);
      return;
    }
    List<Execution> found =
        message
            .image()
            .map(List::of)
            .orElseGet(() -> kernel.store().executions().find(List.of(message.execution())));
    for (Execution image : found) {
      if (image.status() == Status.COMPLETING && image.progress().epoch() == message.epoch()) {
        attempt(delivery, Parked.unbegun(image));
        return;
      }
      settle(delivery, image);
    }
    delivery.acknowledge();
  }

  private void attempt(Turn delivery, Parked it) {
    Attempt attempt = performer.attempt(it.image(), it.failures() > 0);
    ReplayingEffects effects = new ReplayingEffects(attempt, it.image().journal(), it.fresh());
    try (Reporter.Marked marked = Reporter.mark(attempt.subject())) {
      if (it.failures() == 0 && it.image().status() == Status.RUNNING) {
        claimed(attempt);
      }
      if (delivery.dead()) {
        Ended ended = Ended.because(DeadLetters.CODE, DeadLetters.REASON);
        end(delivery, attempt, effects, Status.FAILED, ended);
      } else if (it.image().progress().attempts() > Settings.ATTEMPTS) {
        String reason = "given up after " + Settings.ATTEMPTS + " workers died or froze in it";
        end(delivery, attempt, effects, Status.FAILED, Ended.because("ERR_GIVEN_UP", reason));
      } else {
        go(delivery, attempt, effects, it);
      }
    }
  }

  private static void claimed(Attempt attempt) {
    Execution image = attempt.image();
    if (image.progress().attempts() > 1) {
      attempt.moved(Status.RUNNING, "taken over");
    } else {
      attempt.moved(image.initial(), "");
    }
  }

  private void go(Turn delivery, Attempt attempt, ReplayingEffects effects, Parked it) {
    try {
      Performer.Done done = performer.perform(attempt, effects);
      end(delivery, attempt, effects, done.status(), done.ended());
    } catch (Leave.ToWait leave) {
      suspend(delivery, attempt, effects, leave.completion());
    } catch (Leave.NotYet leave) {
      delivery.again(leave.next());
    } catch (Leave.ToRetry leave) {
      int failures = it.failuresAfter(attempt.image(), effects.unwritten());
      retry(delivery, attempt, effects, leave.failure(), failures);
    } catch (Leave.Stopped leave) {
      stopped(delivery, attempt, effects, leave);
    } catch (ActionException e) {
      LOG.debug("{}: {}", attempt.image().id().value(), performer.masked(attempt, e.toString()));
      failed(delivery, attempt, effects, e);
    }
  }

  private void suspend(
      Turn delivery, Attempt attempt, ReplayingEffects effects, Completion<?> completion) {
    Instant now = kernel.now();
    Instant patience = now.plus(completion.patience());
    Instant until = patience.isBefore(attempt.deadline()) ? patience : attempt.deadline();
    Duration first = completion.pace().first();
    Instant checkBy = now.plus(first).plus(completion.pace().longest().multipliedBy(2));
    Status from = attempt.image().status();
    if (!write(
        delivery,
        attempt,
        new Move.Await(
            new Execution.Wait(completion.name(), now, until, checkBy), effects.unwritten()))) {
      return;
    }
    attempt.moved(from, "waits for '" + completion.name() + "'");
    Execution image = attempt.image();
    Duration left = Duration.between(now, until);
    kernel
        .queue()
        .send(
            List.of(new Message.Check(image.id(), image.progress().epoch(), Optional.of(image))),
            first.compareTo(left) < 0 ? first : left);
    delivery.acknowledge();
  }

  private void retry(
      Turn delivery,
      Attempt attempt,
      ReplayingEffects effects,
      TransientException failure,
      int failures) {
    Optional<Duration> pause = retries.pause(attempt, failure, failures);
    if (pause.isPresent()) {
      attempt.warn(
          failure.code(),
          failure.getMessage() + "; asked again in " + Lengths.inWords(pause.get()));
      park(delivery, attempt, effects.unwritten(), failures, pause.get());
    } else {
      String reason = "no answer after " + Retries.times(failures) + ": " + failure.getMessage();
      fail(delivery, attempt, effects, Ended.because(failure.code(), reason));
    }
  }

  /** The action has failed; it may begin anew if its task names the code. */
  private void failed(Turn delivery, Attempt attempt, ReplayingEffects effects, ActionException e) {
    int failures = Retries.failures(attempt.image(), effects.unwritten());
    Optional<Duration> pause = retries.pauseAfterFailure(attempt, e, failures);
    try {
      if (pause.isPresent() && attempt.beginAgain(effects.unwritten())) {
        attempt.warn(e.code(), e.getMessage() + "; tried again in " + Lengths.inWords(pause.get()));
        park(delivery, attempt, List.of(), failures, pause.get());
        return;
      }
    } catch (Leave.Stopped overtaken) {
      overtaken(delivery, attempt);
      return;
    }
    fail(delivery, attempt, effects, Ended.because(e.code(), Retries.words(attempt, e, failures)));
  }

  private void park(
      Turn delivery, Attempt attempt, List<JournalEntry> fresh, int failures, Duration pause) {
    if (kernel.queue().durable() && !delivery.returns(pause)) {
      handBack(delivery, attempt.shaken(), fresh, pause);
      return;
    }
    try {
      attempt.holdFor(pause);
    } catch (Leave.Stopped overtaken) {
      overtaken(delivery, attempt);
      return;
    }
    parked.put(attempt.image().id(), Parked.after(attempt.image(), fresh, failures));
    delivery.again(pause);
  }

  private void stopped(
      Turn delivery, Attempt attempt, ReplayingEffects effects, Leave.Stopped leave) {
    String reason = String.valueOf(leave.getMessage());
    switch (leave.why()) {
      case CANCELLED -> cancelled(delivery, attempt, effects, reason);
      case TIMED_OUT ->
          end(delivery, attempt, effects, Status.TIMED_OUT, Ended.because("ERR_TIMEOUT", reason));
      case UNCERTAIN ->
          end(delivery, attempt, effects, Status.UNCERTAIN, Ended.because("ERR_UNCERTAIN", reason));
      case DIVERGED, REPLAYED ->
          fail(delivery, attempt, effects, Ended.because("ERR_DIVERGED", reason));
      case CLOSING -> handBack(delivery, attempt, effects.unwritten(), Duration.ZERO);
      case OVERTAKEN -> overtaken(delivery, attempt);
    }
  }

  private void cancelled(Turn delivery, Attempt attempt, ReplayingEffects effects, String reason) {
    boolean undo = attempt.image().progress().cancel().filter(Execution.Cancel::undo).isPresent();
    if (!undo) {
      end(delivery, attempt, effects, Status.CANCELLED, Ended.because("", reason));
      return;
    }
    ReplayingEffects back =
        new ReplayingEffects(attempt, attempt.image().journal(), effects.unwritten());
    attempt.undoing();
    go(delivery, attempt, back, Parked.unbegun(attempt.image()));
  }

  private void handBack(Turn delivery, Attempt attempt, List<JournalEntry> fresh, Duration pause) {
    try {
      release.handBack(delivery, attempt, fresh, pause);
    } catch (Leave.Stopped overtaken) {
      overtaken(delivery, attempt);
    }
  }

  private void fail(Turn delivery, Attempt attempt, ReplayingEffects effects, Ended ended) {
    end(delivery, attempt, effects, Status.FAILED, ended);
  }

  private void end(
      Turn delivery, Attempt attempt, ReplayingEffects effects, Status status, Ended ended) {
    Status from = attempt.image().status();
    String outcome = performer.masked(attempt, ended.json(kernel.now()));
    Finisher.Ending ending =
        finisher.end(
            attempt.image(),
            new Move.End(status, outcome, effects.unwritten()),
            onward(delivery, attempt.image()));
    ending.next().ifPresent(next -> delivery.goOn(next, new Granted(next.start(), kernel.queue())));
    if (written(delivery, attempt, () -> attempt.take(ending.write()))) {
      attempt.moved(from, ended.words());
      ending.left().ifPresent(Runnable::run);
      delivery.acknowledge();
    }
  }

  /** With a slot, a worker goes on with whom that is granted to; else with what lies ready. */
  private Finisher.Onward onward(Turn turn, Execution image) {
    boolean slot = !image.grants().isEmpty();
    return new Finisher.Onward(
        slot && turn.mayGoOn(), slot ? Optional.empty() : turn.takeAnother(), this::claim);
  }

  /**
   * The message is dropped. If the execution has ended, whoever ended it may have died before its
   * slots went to the next: that is done again.
   */
  private void overtaken(Turn delivery, Attempt attempt) {
    attempt.ended().ifPresent(actual -> settle(delivery, actual));
    delivery.acknowledge();
  }

  private void settle(Turn delivery, Execution actual) {
    if (actual.status().ended()) {
      finisher.ended(actual);
      if (delivery.receipts() > 1) {
        actual.gates().forEach(slots::announceAll);
      }
    }
  }

  /** False, and the message dropped, when another worker has taken over. */
  private boolean write(Turn delivery, Attempt attempt, Move move) {
    return written(delivery, attempt, () -> attempt.write(move));
  }

  private boolean written(Turn delivery, Attempt attempt, Runnable write) {
    try {
      write.run();
      return true;
    } catch (Leave.Stopped overtaken) {
      LOG.debug("{}: {}", attempt.image().id().value(), overtaken.getMessage());
      overtaken(delivery, attempt);
      return false;
    }
  }
}
