package io.opsautomator.action.internal;

import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Result;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.internal.Leave.Why;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.JournalEntry.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Effects of a real run: what the journal has is answered from it, in order; what it has not is
 * done, and noted.
 *
 * <p>Three rules make a replay take the same turns. The action is answered what the journal will
 * say, not what the call returned: a value goes through JSON at once. What the action has
 * <em>seen</em> - a fact, a result it read, a refusal it caught - is durable before the next call
 * to the world; what it has not looked at may ride on a later write, since doing that step again by
 * its kind cannot change the action's course. And a step that the journal does not have next, while
 * it has others, is divergence: the action's code or its inputs have changed since, so it stops
 * rather than guess.
 */
public final class ReplayingEffects implements Effects {
  private static final String UNDO = JournalEntry.UNDO;
  private static final String BEGUN = UNDO + "begun";

  private final Backing backing;
  private final List<JournalEntry> journal;
  private final Set<String> names = new HashSet<>();
  private final List<Inverse> inverses = new ArrayList<>();

  /** How many entries are durable or answered, and whether one was seen that is not durable. */
  private int durable;

  private int cursor;
  private boolean unsafe;

  /** Undo replays what was done up to here, and goes on behind it. */
  private int end = Integer.MAX_VALUE;

  private boolean undoing;

  /** Whether steps that may have been done are to be done again, so that they can be taken back. */
  private boolean resolving;

  private record Inverse(String step, Consumer<Effects> steps) {}

  /**
   * @param durable what is stored
   * @param fresh what this process knows besides, from an attempt that was broken off
   */
  public ReplayingEffects(Backing backing, List<JournalEntry> durable, List<JournalEntry> fresh) {
    this.backing = backing;
    this.journal = new ArrayList<>(durable);
    this.journal.removeIf(JournalEntry::mark);
    this.durable = journal.size();
    this.journal.addAll(fresh);
    this.unsafe = !fresh.isEmpty();
  }

  /** What has not been written yet, to ride on the next write. */
  public List<JournalEntry> unwritten() {
    return List.copyOf(journal.subList(Math.min(durable, journal.size()), journal.size()));
  }

  /** Fails if the action ended without asking for all that it had done. */
  public void ended() {
    if (cursor < journal.size()) {
      throw diverged("its end");
    }
  }

  // -- Steps --------------------------------------------------------------------------------------

  @Override
  public <T> T fact(String name, Class<T> type, Supplier<T> read) {
    Optional<JournalEntry> entry = next(name, Stage.FACT);
    if (entry.isPresent()) {
      return value(entry.get(), type);
    }
    stopIf(resolving);
    backing.boundary();
    T value = Calls.reliably(read);
    JournalEntry made = note(name, Stage.FACT, StepValues.write(name, value));
    backing.tell(name, AuditEvent.Stage.FACT, made.json());
    unsafe = true;
    return value(made, type);
  }

  @Override
  public <T> Result<T> idempotent(String name, Class<T> type, Supplier<T> call) {
    return replayed(name, type).orElseGet(() -> make(name, () -> perform(name, type, call)));
  }

  @Override
  public <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call) {
    String token = backing.token(name);
    return replayed(name, type)
        .orElseGet(() -> make(name, () -> perform(name, type, () -> call.apply(token))));
  }

  @Override
  public <T> Result<T> probed(
      String name, Class<T> type, Function<String, Optional<T>> probe, Function<String, T> call) {
    Optional<Result<T>> replayed = replayed(name, type);
    if (replayed.isPresent()) {
      return replayed.get();
    }
    String token = backing.token(name);
    if (backing.inDoubt()) {
      backing.boundary();
      Optional<T> found = Calls.reliably(() -> probe.apply(token));
      if (found.isPresent()) {
        return done(name, type, found.get(), AuditEvent.Stage.FOUND_DONE);
      }
    }
    stopIf(resolving);
    return perform(name, type, () -> call.apply(token));
  }

  @Override
  public <T> Result<T> atMostOnce(String name, Class<T> type, Supplier<T> call) {
    if (cursor < limit() && journal.get(cursor).stage() == Stage.INTENT) {
      next(name, Stage.INTENT);
      names.remove(name);
      return replayed(name, type).orElseThrow(() -> Calls.uncertain(name));
    }
    next(name, Stage.INTENT);
    stopIf(resolving);
    backing.boundary();
    note(name, Stage.INTENT, "");
    flush();
    Result<T> result =
        call(name, type, () -> Calls.throttledIsNo(call), failure -> Calls.uncertain(name));
    flush();
    return result;
  }

  @Override
  public <C> Result<C> firstAccepted(
      String name, List<C> candidates, Predicate<RefusedException> next, Consumer<C> attempt) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("choice '" + name + "' has no candidates");
    }
    for (int i = 0; ; i++) {
      C candidate = candidates.get(i);
      try {
        attempt.accept(candidate);
        return new RecordedResult<>(this, name, -1, candidate);
      } catch (RefusedException e) {
        if (i == candidates.size() - 1 || !next.test(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> Result<T> await(Completion<T> completion) {
    String name = completion.name();
    Optional<JournalEntry> entry = next(name, Stage.AWAITED);
    if (entry.isPresent()) {
      int index = cursor - 1;
      return new RecordedResult<>(this, name, index, value(entry.get(), completion.type()));
    }
    stopIf(resolving);
    Optional<Execution.Wait> wait = backing.checking().filter(w -> w.name().equals(name));
    if (wait.isEmpty()) {
      throw new Leave.ToWait(completion);
    }
    return look(completion, wait.get());
  }

  private <T> Result<T> look(Completion<T> completion, Execution.Wait wait) {
    backing.boundary();
    Instant now = backing.now();
    Duration waited = Duration.between(wait.since(), now);
    Optional<T> seen = Calls.reliably(() -> completion.check().look(waited));
    if (seen.isEmpty() && now.isBefore(wait.until())) {
      Duration left = Duration.between(now, wait.until());
      throw new Leave.NotYet(Calls.shorter(completion.pace().after(waited), left));
    }
    Optional<T> value = seen.or(() -> completion.otherwise().map(Supplier::get));
    if (value.isEmpty()) {
      throw new Leave.Stopped(
          Why.TIMED_OUT, "'" + wait.name() + "' did not come about within " + waited);
    }
    JournalEntry made =
        note(completion.name(), Stage.AWAITED, StepValues.write(completion.name(), value.get()));
    backing.tell(completion.name(), AuditEvent.Stage.AWAITED, made.json());
    unsafe = true; // An undo must be able to get past it, to what was called behind it.
    return new RecordedResult<>(
        this, completion.name(), journal.size() - 1, value(made, completion.type()));
  }

  // -- Undo ---------------------------------------------------------------------------------------

  /**
   * From here on only replays, up to where the journal ends; then leaves with {@link Why#REPLAYED}.
   *
   * <p>If calls may have been made that the journal does not know of, goes on behind its end as far
   * as those can reach: to the first step that would not have been called before a write. Of these
   * steps, those with an inverse are resolved by their kind; nothing else is done.
   */
  public void replayForUndo() {
    end = 0;
    while (end < journal.size() && !journal.get(end).step().startsWith(UNDO)) {
      end++;
    }
    resolving = end == journal.size() && backing.inDoubt();
    if (resolving) {
      end = Integer.MAX_VALUE;
      unsafe = unwritten().stream().anyMatch(entry -> entry.stage() != Stage.DONE); // Seen.
    }
  }

  /** Whether all that is journalled of what was done has been asked for again. */
  public boolean replayed() {
    return cursor >= limit();
  }

  private void stopIf(boolean reached) {
    if (reached) {
      throw Calls.replayed();
    }
  }

  /**
   * Makes a step that has not been journalled. While resolving, it is only noted that it may have
   * been made, until it turns out to have an inverse.
   */
  private <T> Result<T> make(String name, Supplier<Result<T>> step) {
    if (!resolving) {
      return step.get();
    }
    stopIf(unsafe);
    JournalEntry entry = note(name, Stage.INTENT, "");
    return new UnresolvedResult<>(
        () -> {
          withdraw(entry);
          return step.get();
        });
  }

  private void withdraw(JournalEntry entry) {
    cursor = journal.size() - 1;
    if (!journal.remove(cursor).equals(entry)) {
      throw new IllegalStateException(
          "the inverse of '" + entry.step() + "' was not given before the next step");
    }
  }

  /**
   * Takes back what was replayed, newest first. The inverses are steps, journalled like any other;
   * that they begin is durable before the first of them, so that nothing is resolved after it.
   */
  public void undo() {
    end = Integer.MAX_VALUE;
    resolving = false;
    undoing = true;
    if (!inverses.isEmpty() && next(BEGUN, Stage.FACT).isEmpty()) {
      note(BEGUN, Stage.FACT, "");
      flush();
    }
    for (int i = inverses.size() - 1; i >= 0; i--) {
      Inverse inverse = inverses.get(i);
      inverse.steps().accept(new PrefixedEffects(this, UNDO + inverse.step() + "/"));
      backing.tell(inverse.step(), AuditEvent.Stage.UNDONE, "");
    }
  }

  void inverse(String step, Consumer<Effects> steps) {
    if (!undoing) {
      inverses.add(new Inverse(step, steps));
    }
  }

  // -- The journal --------------------------------------------------------------------------------

  void seen(int index) {
    unsafe |= index >= durable;
  }

  private int limit() {
    return Math.min(end, journal.size());
  }

  /** The journalled answer to this step, or empty when it has to be made. */
  private Optional<JournalEntry> next(String name, Stage stage) {
    if (!names.add(name)) {
      throw new IllegalStateException("two steps of one execution are named '" + name + "'");
    }
    if (cursor == end) {
      throw Calls.replayed();
    }
    if (cursor == journal.size()) {
      return Optional.empty();
    }
    JournalEntry entry = journal.get(cursor);
    boolean told =
        stage == Stage.DONE && (entry.stage() == Stage.REFUSED || entry.stage() == Stage.INTENT);
    if (!entry.step().equals(name) || entry.stage() != stage && !told) {
      throw diverged("step '" + name + "'");
    }
    cursor++;
    return Optional.of(entry);
  }

  private <T> Optional<Result<T>> replayed(String name, Class<T> type) {
    return next(name, Stage.DONE)
        .map(
            entry -> {
              if (entry.stage() == Stage.REFUSED) {
                throw StepValues.refusal(entry.json());
              }
              if (entry.stage() == Stage.INTENT) {
                return UnresolvedResult.withoutInverse();
              }
              return new RecordedResult<>(this, name, cursor - 1, value(entry, type));
            });
  }

  private <T> Result<T> perform(String name, Class<T> type, Supplier<T> call) {
    backing.boundary();
    if (unsafe) {
      flush();
    }
    return call(name, type, call, Leave.ToRetry::new);
  }

  private <T> Result<T> call(
      String name,
      Class<T> type,
      Supplier<T> call,
      Function<TransientException, Leave> unreliable) {
    try {
      return done(name, type, backing.mutating(call), AuditEvent.Stage.DONE);
    } catch (RefusedException e) {
      note(name, Stage.REFUSED, StepValues.write(e));
      unsafe = true;
      backing.tell(name, AuditEvent.Stage.REFUSED, e.code() + ": " + e.getMessage());
      throw e;
    } catch (TransientException e) {
      backing.tell(name, AuditEvent.Stage.IN_DOUBT, e.code() + ": " + e.getMessage());
      throw unreliable.apply(e);
    }
  }

  @SuppressWarnings("NullAway") // A step without a value is of type Void, whose only value is null.
  private <T> Result<T> done(String name, Class<T> type, T value, AuditEvent.Stage stage) {
    JournalEntry made = note(name, Stage.DONE, value == null ? "" : StepValues.write(name, value));
    backing.tell(name, stage, made.json());
    return new RecordedResult<>(this, name, journal.size() - 1, value(made, type));
  }

  private JournalEntry note(String name, Stage stage, String json) {
    JournalEntry entry = new JournalEntry(name, stage, json);
    journal.add(entry);
    cursor = journal.size();
    return entry;
  }

  private void flush() {
    List<JournalEntry> entries = unwritten();
    if (!entries.isEmpty()) {
      backing.flush(entries);
    }
    durable = journal.size();
    unsafe = false;
  }

  @SuppressWarnings("NullAway") // See done.
  private static <T> T value(JournalEntry entry, Class<T> type) {
    return entry.json().isEmpty() ? null : StepValues.read(entry.step(), entry.json(), type);
  }

  private Leave diverged(String asked) {
    JournalEntry entry = journal.get(Math.min(cursor, journal.size() - 1));
    return new Leave.Stopped(
        Why.DIVERGED,
        ("asked for %s, but did '%s' there before: the action or what it rests on has changed"
                + " since this execution began")
            .formatted(asked, entry.step()));
  }
}
