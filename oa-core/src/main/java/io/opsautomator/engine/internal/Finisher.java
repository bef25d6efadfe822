package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Selections.Tally;
import io.opsautomator.store.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What follows from the end of an execution: its slots go to the next, it is tallied, and its run
 * may be over. In this order, so that what is tallied holds no slot. Idempotent.
 *
 * <p>Where the store can, the writes are made together, with the one that ends the execution, so
 * that an end waits for the disk once; what they lead to is announced when they are durable.
 */
final class Finisher {
  private final Kernel kernel;
  private final Slots slots;
  private final RunCloser closer;

  /**
   * What the writes came to.
   *
   * @param slots what became of each slot, the last one first
   */
  private record Left(List<HandOver> slots, Tally tally) {
    Optional<Grant> granted() {
      return slots.stream()
          .filter(HandOver.Next.class::isInstance)
          .map(done -> ((HandOver.Next) done).grant())
          .findFirst();
    }
  }

  /**
   * An end that has been written, or refused.
   *
   * @param left empty when it was refused
   * @param next what the worker goes on with, if that was claimed in the same write
   */
  record Ending(Write<Execution> write, Optional<Runnable> left, Optional<Next> next) {}

  /** A start, and what its claim came to. */
  record Next(Message.Start start, Write<Execution> claim) {}

  /**
   * What a worker can go on with.
   *
   * @param granted whether with whom a slot goes to
   * @param another a start that it has taken from the queue
   */
  record Onward(
      boolean granted,
      Optional<Message.Start> another,
      Function<Message.Start, Write<Execution>> claim) {}

  Finisher(Kernel kernel, Slots slots, RunCloser closer) {
    this.kernel = kernel;
    this.slots = slots;
    this.closer = closer;
  }

  /** Ends it, under the epoch of the image; what is left is to be done once that was told. */
  Ending end(Execution image, Move.End move, Onward onward) {
    return kernel
        .store()
        .together(() -> together(image, move, onward))
        .orElseGet(
            () -> {
              Write<Execution> write = write(image, move);
              return new Ending(
                  write, applied(write).map(now -> () -> ended(now)), Optional.empty());
            });
  }

  private Ending together(Execution image, Move.End move, Onward onward) {
    Write<Execution> write = write(image, move);
    Optional<Execution> ended = applied(write);
    if (ended.isEmpty()) {
      return new Ending(write, Optional.empty(), Optional.empty());
    }
    Execution now = ended.get();
    Left left = leave(now, now.progress().drive());
    Optional<Next> next =
        left.granted()
            .filter(grant -> onward.granted())
            .map(Slots::start)
            .or(onward::another)
            .map(start -> new Next(start, onward.claim().apply(start)));
    return new Ending(write, Optional.of(() -> announce(now, left, next)), next);
  }

  private Write<Execution> write(Execution image, Move.End move) {
    return kernel.store().executions().advance(image.id(), image.progress().epoch(), move);
  }

  private static Optional<Execution> applied(Write<Execution> write) {
    return write instanceof Write.Applied<Execution> applied
        ? Optional.of(applied.now())
        : Optional.empty();
  }

  void ended(Execution execution) {
    ended(execution, execution.progress().drive());
  }

  /**
   * @param drive in which it counts; one that ended in an earlier one and was not driven again
   *     counts in the later ones too
   */
  void ended(Execution execution, int drive) {
    Optional<Left> together = kernel.store().together(() -> leave(execution, drive));
    if (together.isPresent()) {
      announce(execution, together.get(), Optional.empty());
      return;
    }
    for (Grant grant : lastFirst(execution.grants())) {
      announce(execution, slots.take(grant, execution));
    }
    announce(execution, tally(execution, drive));
  }

  private static List<Grant> lastFirst(List<Grant> grants) {
    List<Grant> reversed = new ArrayList<>(grants);
    Collections.reverse(reversed);
    return reversed;
  }

  private Left leave(Execution execution, int drive) {
    List<HandOver> done = new ArrayList<>();
    for (Grant grant : lastFirst(execution.grants())) {
      done.add(slots.take(grant, execution));
    }
    return new Left(done, tally(execution, drive));
  }

  /** Nobody is told of the one that the worker goes on with itself. */
  private void announce(Execution execution, Left left, Optional<Next> next) {
    Optional<Grant> own = next.flatMap(it -> it.start().by());
    for (HandOver done : left.slots()) {
      if (done instanceof HandOver.Next granted && own.equals(Optional.of(granted.grant()))) {
        slots.fill(done.now());
      } else {
        announce(execution, done);
      }
    }
    announce(execution, left.tally());
  }

  private void announce(Execution execution, HandOver done) {
    slots.told(done);
    if (done instanceof HandOver.Freed freed && turns(freed.now())) {
      kernel.send(new Message.Watch(execution.origin().run()));
    }
  }

  private void announce(Execution execution, Tally tally) {
    if (tally.batchFull()) {
      closer.closeAfter(execution.origin().run(), tally);
    }
  }

  /** Whether a wave is through, or nothing more may begin: then somebody has to see to the run. */
  private static boolean turns(Gate now) {
    return !now.open() && (now.held().isEmpty() || now.brake().orElseThrow().spent());
  }

  /** Counts an end without looking whether it was the last one. */
  Tally tally(Execution execution, int drive) {
    return kernel
        .store()
        .selections()
        .ended(execution.origin().run(), execution.origin().batch(), drive, Ends.of(execution));
  }
}
