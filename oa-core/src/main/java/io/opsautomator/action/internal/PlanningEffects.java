package io.opsautomator.action.internal;

import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Result;
import io.opsautomator.plan.Plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Effects of a plan: facts are read, steps are listed, nothing is called. Where the action wants to
 * know what a step came to, the plan ends, open at that step, for nobody knows yet.
 */
public final class PlanningEffects implements Effects {
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private Optional<String> alternative = Optional.empty();

  /** The plan ends here. */
  public static final class Open extends Error {
    private static final long serialVersionUID = 1L;
    private final String step;

    Open(String step) {
      super("open at " + step, null, false, false);
      this.step = step;
    }

    public String step() {
      return step;
    }
  }

  /** As JSON by name, in the order read. */
  public Map<String, String> facts() {
    return facts;
  }

  public List<Step> steps() {
    return List.copyOf(steps);
  }

  @Override
  public <T> T fact(String name, Class<T> type, Supplier<T> read) {
    if (!steps.isEmpty()) {
      throw new Open(name);
    }
    String json = StepValues.write(name, read.get());
    facts.put(name, json);
    return StepValues.read(name, json, type);
  }

  @Override
  public <T> Result<T> idempotent(String name, Class<T> type, Supplier<T> call) {
    return step(name, Kind.IDEMPOTENT);
  }

  @Override
  public <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call) {
    return step(name, Kind.WITH_TOKEN);
  }

  @Override
  public <T> Result<T> probed(
      String name, Class<T> type, Function<String, Optional<T>> probe, Function<String, T> call) {
    return step(name, Kind.PROBED);
  }

  @Override
  public <T> Result<T> atMostOnce(String name, Class<T> type, Supplier<T> call) {
    return step(name, Kind.AT_MOST_ONCE);
  }

  @Override
  public <C> Result<C> firstAccepted(
      String name, List<C> candidates, Predicate<RefusedException> next, Consumer<C> attempt) {
    Optional<String> outer = alternative;
    for (C candidate : candidates) {
      alternative = Optional.of(name + "=" + candidate);
      attempt.accept(candidate);
    }
    alternative = outer;
    return new Planned<>(name, -1);
  }

  @Override
  public <T> Result<T> await(Completion<T> completion) {
    return step(completion.name(), Kind.AWAIT);
  }

  private <T> Result<T> step(String name, Kind kind) {
    steps.add(new Step(name, kind, false, alternative));
    return new Planned<>(name, steps.size() - 1);
  }

  /** A result that nobody has yet. */
  private final class Planned<T> implements Result<T> {
    private final String name;
    private final int index;

    Planned(String name, int index) {
      this.name = name;
      this.index = index;
    }

    @Override
    public T get() {
      throw new Open(name);
    }

    @Override
    public Result<T> undo(Runnable inverse) {
      return undoable();
    }

    @Override
    public Result<T> undo(BiConsumer<? super T, Effects> inverse) {
      return undoable();
    }

    private Result<T> undoable() {
      if (index >= 0) {
        Step step = steps.get(index);
        steps.set(index, new Step(step.name(), step.kind(), true, step.alternative()));
      }
      return this;
    }

    @Override
    public Outcome outcome(Function<? super T, Outcome> conclusion) {
      return Outcome.of(Map.of());
    }
  }
}
