package io.opsautomator.engine.internal;

import io.opsautomator.action.internal.Backing;
import io.opsautomator.action.internal.Leave;
import io.opsautomator.action.internal.Leave.Why;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.ExecutionRules;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Write;
import io.opsautomator.task.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One attempt at one execution, under one epoch: what stands between its effects and the store. It
 * holds the image that its last write returned, so it never reads. An attempt that only looks
 * whether a wait is over holds no lease; it takes one, under the next epoch, just before it changes
 * something.
 */
final class Attempt implements Backing {
  private final Kernel kernel;
  private final Given given;
  private final Subject subject;
  private final Instant deadline;
  private final BooleanSupplier closing;
  private Execution image;
  private boolean undoing;
  private boolean shaken;
  private Optional<Execution> overtaken = Optional.empty();

  /** What it is about, and on whose behalf calls are made. */
  record Given(Job<?> job, Unit unit, Caller caller) {}

  /**
   * @param shaken whether a call of an earlier attempt in this process got no reliable answer
   */
  Attempt(Kernel kernel, Given given, Execution image, boolean shaken, BooleanSupplier closing) {
    this.kernel = kernel;
    this.given = given;
    this.image = image;
    this.shaken = shaken;
    this.closing = closing;
    this.deadline = given.caller().deadline().at();
    this.subject =
        new Subject(
            given.job().task().name(), Optional.of(image.origin().run()), Optional.of(image.id()));
  }

  Job<?> job() {
    return given.job();
  }

  Unit unit() {
    return given.unit();
  }

  Caller caller() {
    return given.caller();
  }

  Execution image() {
    return image;
  }

  Subject subject() {
    return subject;
  }

  Instant deadline() {
    return deadline;
  }

  void undoing() {
    undoing = true;
  }

  /** A call got no reliable answer. */
  Attempt shaken() {
    shaken = true;
    return this;
  }

  @Override
  public String token(String step) {
    return Ids.derive("token", image.id().value(), step);
  }

  @Override
  public boolean inDoubt() {
    return shaken || image.progress().attempts() > 1 || image.progress().drive() > 0;
  }

  @Override
  public Instant now() {
    return kernel.now();
  }

  @Override
  public Optional<Execution.Wait> checking() {
    return image.progress().waiting();
  }

  @Override
  public void boundary() {
    if (closing.getAsBoolean()) {
      throw new Leave.Stopped(Why.CLOSING, "the process ends");
    }
    if (image.progress().cancel().isPresent() && !undoing) {
      throw new Leave.Stopped(Why.CANCELLED, image.progress().cancel().get().why());
    }
    if (image.status() == Status.RUNNING) {
      stayInTime();
    }
  }

  private void stayInTime() {
    Instant now = now();
    if (!now.isBefore(deadline)) {
      throw new Leave.Stopped(
          Why.TIMED_OUT, "not finished within " + job().timeout() + " of its start");
    }
    holdFor(Duration.ZERO);
  }

  /**
   * Prolongs the lease if it would not outlast a pause and a call after it; leaves when another
   * worker has taken over.
   */
  void holdFor(Duration pause) {
    Instant needed = now().plus(pause).plus(kernel.settings().longestCall()).plus(Settings.MARGIN);
    if (image.lease().map(Lease::until).filter(needed::isAfter).isPresent()) {
      Instant usual = now().plus(kernel.settings().lease());
      Instant until = usual.isAfter(needed) ? usual : needed;
      write(new Move.Checkpoint(Optional.of(until), List.of()));
    }
  }

  @Override
  public void flush(List<JournalEntry> entries) {
    if (image.status() == Status.COMPLETING) {
      resume(entries);
    } else {
      write(new Move.Checkpoint(Optional.empty(), entries));
    }
  }

  @Override
  public <T> T mutating(Supplier<T> call) {
    if (image.status() == Status.COMPLETING) {
      resume(List.of());
    }
    caller().permit(true);
    try {
      return call.get();
    } finally {
      caller().permit(false);
    }
  }

  private void resume(List<JournalEntry> entries) {
    Instant until = now().plus(kernel.settings().lease());
    write(new Move.Resume(kernel.settings().worker(), until, entries));
    moved(Status.COMPLETING, "");
  }

  /**
   * Forgets why it failed, if that may be forgotten, so that the action begins anew behind its last
   * step.
   *
   * @param entries what has not been written yet
   * @return false if nobody knows what was done behind that step
   */
  boolean beginAgain(List<JournalEntry> entries) {
    if (!ExecutionRules.mayBeginAgain(image, entries)) {
      return false;
    }
    List<JournalEntry> left = entries;
    if (image.status() == Status.COMPLETING) {
      resume(entries);
      left = List.of();
    }
    write(new Move.BeginAgain(left));
    return true;
  }

  /** Makes a write under the epoch of this attempt. */
  void write(Move move) {
    take(kernel.store().executions().advance(image.id(), image.progress().epoch(), move));
  }

  /** Goes on from what a write under the epoch of this attempt came to. */
  void take(Write<Execution> write) {
    if (!(write instanceof Write.Applied<Execution> applied)) {
      overtaken = actual(write).filter(x -> x.status().ended());
      throw new Leave.Stopped(Why.OVERTAKEN, "another worker has taken over");
    }
    image = applied.now();
  }

  private static Optional<Execution> actual(Write<Execution> write) {
    if (write instanceof Write.Refused<Execution> refused) {
      return Optional.of(refused.actual());
    }
    return write instanceof Write.Fenced<Execution> fenced
        ? Optional.of(fenced.actual())
        : Optional.empty();
  }

  /** As somebody else has ended it, if the last write was refused for that. */
  Optional<Execution> ended() {
    return overtaken;
  }

  void moved(Status from, String reason) {
    kernel
        .reporter()
        .report(
            AuditEvent.Moved.class,
            () -> new AuditEvent.Moved(now(), subject, from, image.status(), job().masked(reason)));
  }

  @Override
  public void tell(String step, AuditEvent.Stage stage, String detail) {
    kernel
        .reporter()
        .report(
            AuditEvent.Stepped.class,
            () -> new AuditEvent.Stepped(now(), subject, step, stage, job().masked(detail)));
  }

  void warn(String code, String message) {
    kernel.reporter().report(new AuditEvent.Warned(now(), subject, code, job().masked(message)));
  }
}
