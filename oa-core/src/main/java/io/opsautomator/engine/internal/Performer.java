package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.internal.Leave;
import io.opsautomator.action.internal.Leave.Why;
import io.opsautomator.action.internal.PlanningEffects;
import io.opsautomator.action.internal.ReplayingEffects;
import io.opsautomator.plan.Plan.UnitPlan;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Unit;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.StoreException;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls actions: for real, to take back what they did, or only to see what they would do. */
final class Performer {
  private static final Logger LOG = LoggerFactory.getLogger(Performer.class);

  private final Kernel kernel;
  private final TextSource texts;
  private final Units units;
  private final BooleanSupplier closing;
  private final Recheck recheck;

  record Done(Status status, Ended ended) {}

  Performer(Kernel kernel, TextSource texts, Units units, BooleanSupplier closing) {
    this.kernel = kernel;
    this.texts = texts;
    this.units = units;
    this.closing = closing;
    this.recheck = new Recheck(kernel, units);
  }

  Attempt attempt(Execution image, boolean shaken) {
    Job<?> job = kernel.jobs().ofRun(image.origin().run());
    Instant deadline = startedAt(image).plus(job.timeout());
    Unit unit = units.unit(image.origin().payload());
    Caller caller =
        Caller.reading(unit.scope(), new Deadline(deadline, kernel.clock()), job.role())
            .deployedAs(kernel.settings().deployment())
            .of(image);
    return new Attempt(kernel, new Attempt.Given(job, unit, caller), image, shaken, closing);
  }

  /** Whether the process ends, so that nothing more is to be begun. */
  boolean closing() {
    return closing.getAsBoolean();
  }

  private Instant startedAt(Execution image) {
    return image.progress().startedAt().orElseGet(kernel::now);
  }

  String masked(Attempt attempt, String text) {
    return attempt.job().masked(text);
  }

  /**
   * Leaves by a {@link Leave}, or fails with an {@link ActionException}; every other failure of an
   * action becomes one.
   */
  Done perform(Attempt attempt, ReplayingEffects effects) {
    Optional<Execution.Cancel> undo =
        attempt.image().progress().cancel().filter(Execution.Cancel::undo);
    boolean dryrun = attempt.job().task().options().dryrun();
    if (undo.isPresent() && dryrun) {
      return new Done(Status.CANCELLED, Ended.because("", undo.get().why()));
    }
    if (undo.isPresent()) {
      return undo(attempt, effects, undo.get().why());
    }
    requireAllowed(attempt);
    if (dryrun) {
      return plan(attempt);
    }
    Recheck.Left left = rechecked(attempt, effects, false);
    if (left.nothing()) {
      effects.ended();
      return new Done(Status.SUCCEEDED, Ended.leftAlone(left.leftAlone()));
    }
    Outcome outcome = execute(attempt, effects, left.unit());
    effects.ended();
    return new Done(Ended.status(outcome), Ended.of(outcome));
  }

  /**
   * The deny list is asked once more, since it may have grown since the selection. What has begun
   * goes on: to leave a resource half way is worse.
   */
  private void requireAllowed(Attempt attempt) {
    if (!attempt.image().journal().isEmpty()) {
      return;
    }
    for (Resource<?> resource : attempt.unit().resources()) {
      Optional<String> why = kernel.settings().safeguards().deny().denies(resource);
      if (why.isPresent()) {
        throw new ActionException("ERR_DENIED", resource.id() + " " + why.get());
      }
    }
  }

  private Done undo(Attempt attempt, ReplayingEffects effects, String why) {
    attempt.undoing();
    effects.replayForUndo();
    try {
      execute(attempt, effects, rechecked(attempt, effects, true).unit());
    } catch (Leave.Stopped replayed) {
      if (replayed.why() != Why.REPLAYED) {
        throw replayed;
      }
    } catch (ActionException replayed) {
      if (!effects.replayed()) {
        throw new ActionException(
            replayed.code(),
            "what was done cannot be taken back, for the action failed before it came to it: "
                + replayed.getMessage(),
            replayed);
      }
      LOG.debug("What is taken back had failed", attempt.job().secrets().masked(replayed));
    }
    Foreign.call(
        attempt.job(),
        () -> {
          effects.undo();
          return true;
        });
    return new Done(
        Status.CANCELLED, Ended.because("", why + "; what was done has been taken back"));
  }

  private Done plan(Attempt attempt) {
    PlanningEffects effects = new PlanningEffects();
    try {
      execute(attempt, effects, attempt.unit());
    } catch (PlanningEffects.Open open) {
      LOG.debug("The plan is open at {}", open.step());
    } catch (TransientException e) {
      throw new Leave.ToRetry(e);
    }
    Map<String, Object> report = Map.of("dryrun", true, "steps", effects.steps());
    return new Done(
        Status.SUCCEEDED, new Ended("", "dry run: nothing was changed", Map.of(), report));
  }

  private Recheck.Left rechecked(Attempt attempt, ReplayingEffects effects, boolean again) {
    return Foreign.call(attempt.job(), () -> recheck.look(attempt, effects, again));
  }

  private Outcome execute(Attempt attempt, Effects effects, Unit unit) {
    return Foreign.call(attempt.job(), () -> execute(attempt.job(), attempt, effects, unit));
  }

  private <P extends Record> Outcome execute(
      Job<P> job, Attempt attempt, Effects effects, Unit unit) {
    Execution image = attempt.image();
    Instant startedAt = startedAt(image);
    return job.action()
        .execute(
            new Context<>(
                job,
                image.id(),
                unit,
                startedAt,
                attempt.caller(),
                effects,
                texts.of(job, image.id(), unit.scope(), startedAt, effects),
                new Context.Hooks(
                    attempt::warn, attempt::boundary, kernel.settings().taskListTag())));
  }

  /** What one unit would come to: its facts, its steps, and how far that can be known. */
  <P extends Record> UnitPlan plan(Job<P> job, Unit unit, ExecutionId id) {
    PlanningEffects effects = new PlanningEffects();
    Instant now = kernel.now();
    Caller caller =
        Caller.reading(
                unit.scope(), new Deadline(now.plus(job.timeout()), kernel.clock()), job.role())
            .deployedAs(kernel.settings().deployment());
    List<String> notes = new ArrayList<>();
    Optional<String> openAt = Optional.empty();
    try {
      job.action()
          .execute(
              new Context<>(
                  job,
                  id,
                  unit,
                  now,
                  caller,
                  effects,
                  texts.of(job, id, unit.scope(), now, effects),
                  new Context.Hooks(
                      (code, text) -> notes.add(job.masked(code + ": " + text)),
                      () -> {},
                      kernel.settings().taskListTag())));
    } catch (PlanningEffects.Open open) {
      openAt = Optional.of(open.step());
    } catch (ActionException e) {
      notes.add(job.masked("would fail: " + e.code() + ": " + e.getMessage()));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw job.secrets().unexpected(e);
    }
    return new UnitPlan(unit, masked(job, effects.facts()), effects.steps(), openAt, notes);
  }

  private static Map<String, String> masked(Job<?> job, Map<String, String> facts) {
    Map<String, String> shown = new LinkedHashMap<>();
    facts.forEach((name, json) -> shown.put(name, job.masked(json)));
    return shown;
  }
}
