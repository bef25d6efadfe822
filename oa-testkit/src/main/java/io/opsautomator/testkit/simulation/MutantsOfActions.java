package io.opsautomator.testkit.simulation;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Result;
import io.opsautomator.action.Role;
import io.opsautomator.action.Texts;
import io.opsautomator.action.TransientException;
import io.opsautomator.dispatch.ConcurrencyKey;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.resource.Unit;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Defects in how steps are made, and in how resources are listed. */
final class MutantsOfActions {
  private MutantsOfActions() {}

  private static Mutant effects(UnaryOperator<Effects> change) {
    return new Mutant() {
      @Override
      public Action<?> action(Action<?> action) {
        return changed(action, change);
      }
    };
  }

  private static <P extends Record> Action<P> changed(
      Action<P> action, UnaryOperator<Effects> change) {
    return action instanceof Action.Keyed<P> keyed
        ? new KeyedAction<>(keyed, change)
        : new PlainAction<>(action, change);
  }

  private static class PlainAction<P extends Record> implements Action<P> {
    private final Action<P> action;
    private final UnaryOperator<Effects> change;

    PlainAction(Action<P> action, UnaryOperator<Effects> change) {
      this.action = action;
      this.change = change;
    }

    @Override
    public ActionMetadata<P> metadata() {
      return action.metadata();
    }

    @Override
    public ActionMetadata.Limits limits(P parameters) {
      return action.limits(parameters);
    }

    @Override
    public Outcome execute(ActionContext<P> context) {
      return action.execute(new Changed<>(context, change.apply(context.effects())));
    }
  }

  private static final class KeyedAction<P extends Record> extends PlainAction<P>
      implements Action.Keyed<P> {
    private final Action.Keyed<P> keyed;

    KeyedAction(Action.Keyed<P> keyed, UnaryOperator<Effects> change) {
      super(keyed, change);
      this.keyed = keyed;
    }

    @Override
    public ConcurrencyKey concurrencyKey(Unit unit, P parameters) {
      return keyed.concurrencyKey(unit, parameters);
    }
  }

  /** The same context with other effects. */
  private record Changed<P extends Record>(ActionContext<P> context, Effects effects)
      implements ActionContext<P> {
    @Override
    public TaskName task() {
      return context.task();
    }

    @Override
    public ExecutionId execution() {
      return context.execution();
    }

    @Override
    public P parameters() {
      return context.parameters();
    }

    @Override
    public Unit unit() {
      return context.unit();
    }

    @Override
    public Instant startedAt() {
      return context.startedAt();
    }

    @Override
    public Texts texts() {
      return context.texts();
    }

    @Override
    public void warn(String code, String message) {
      context.warn(code, message);
    }

    @Override
    public void checkpoint() {
      context.checkpoint();
    }

    @Override
    public Optional<String> retriggeredBy(
        EventType tagged, Map<String, String> current, TagChanges changes) {
      return context.retriggeredBy(tagged, current, changes);
    }

    @Override
    public Scope scope() {
      return context.scope();
    }

    @Override
    public Deadline deadline() {
      return context.deadline();
    }

    @Override
    public boolean mayMutate() {
      return context.mayMutate();
    }

    @Override
    public Role role() {
      return context.role();
    }

    @Override
    public Invocation in(Scope elsewhere) {
      return context.in(elsewhere);
    }
  }

  /** Does what other effects do. */
  private static class ForwardingEffects implements Effects {
    private final Effects port;

    ForwardingEffects(Effects port) {
      this.port = port;
    }

    @Override
    public <T> T fact(String name, Class<T> type, Supplier<T> read) {
      return port.fact(name, type, read);
    }

    @Override
    public <T> Result<T> idempotent(String name, Class<T> type, Supplier<T> call) {
      return port.idempotent(name, type, call);
    }

    @Override
    public <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call) {
      return port.withToken(name, type, call);
    }

    @Override
    public <T> Result<T> probed(
        String name, Class<T> type, Function<String, Optional<T>> probe, Function<String, T> call) {
      return port.probed(name, type, probe, call);
    }

    @Override
    public <T> Result<T> atMostOnce(String name, Class<T> type, Supplier<T> call) {
      return port.atMostOnce(name, type, call);
    }

    @Override
    public <C> Result<C> firstAccepted(
        String name, List<C> candidates, Predicate<RefusedException> next, Consumer<C> attempt) {
      return port.firstAccepted(name, candidates, next, attempt);
    }

    @Override
    public <T> Result<T> await(Completion<T> completion) {
      return port.await(completion);
    }
  }

  // -- Steps --------------------------------------------------------------------------------------

  static Mutant deadRetries() {
    return effects(DeadRetries::new);
  }

  private static final class DeadRetries extends ForwardingEffects {
    DeadRetries(Effects port) {
      super(port);
    }

    @Override
    public <T> Result<T> idempotent(String name, Class<T> type, Supplier<T> call) {
      return super.idempotent(name, type, () -> once(call));
    }

    @Override
    public <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call) {
      return super.withToken(name, type, token -> once(() -> call.apply(token)));
    }

    @Override
    public <T> Result<T> probed(
        String name, Class<T> type, Function<String, Optional<T>> probe, Function<String, T> call) {
      return super.probed(name, type, probe, token -> once(() -> call.apply(token)));
    }

    private static <T> T once(Supplier<T> call) {
      try {
        return call.get();
      } catch (TransientException e) {
        throw new ActionException(e.code(), "failed: " + e.getMessage(), e);
      }
    }
  }

  static Mutant noIntent() {
    return effects(
        port ->
            new ForwardingEffects(port) {
              @Override
              public <T> Result<T> atMostOnce(String name, Class<T> type, Supplier<T> call) {
                return super.idempotent(name, type, call);
              }
            });
  }

  static Mutant forgottenToken() {
    AtomicInteger attempts = new AtomicInteger();
    return effects(port -> new ForgottenToken(port, attempts.incrementAndGet()));
  }

  /** Each attempt has effects of its own, and makes its tokens of their number. */
  private static final class ForgottenToken extends ForwardingEffects {
    private final int attempt;

    ForgottenToken(Effects port, int attempt) {
      super(port);
      this.attempt = attempt;
    }

    @Override
    public <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call) {
      return super.withToken(name, type, token -> call.apply(token + "/" + attempt));
    }
  }

  static Mutant actingDryRun() {
    return effects(port -> isOfAPlan(port) ? new Acting(port) : port);
  }

  /** Told by its name, since the class is the core's own business. */
  private static boolean isOfAPlan(Effects port) {
    return port.getClass().getSimpleName().equals("PlanningEffects");
  }

  /** Calls while it plans. */
  private static final class Acting extends ForwardingEffects {
    Acting(Effects port) {
      super(port);
    }

    @Override
    public <T> Result<T> idempotent(String name, Class<T> type, Supplier<T> call) {
      T unused = call.get();
      return super.idempotent(name, type, call);
    }

    @Override
    public <T> Result<T> withToken(String name, Class<T> type, Function<String, T> call) {
      T unused = call.apply(name);
      return super.withToken(name, type, call);
    }

    @Override
    public <T> Result<T> probed(
        String name, Class<T> type, Function<String, Optional<T>> probe, Function<String, T> call) {
      T unused = call.apply(name);
      return super.probed(name, type, probe, call);
    }

    @Override
    public <T> Result<T> atMostOnce(String name, Class<T> type, Supplier<T> call) {
      T unused = call.get();
      return super.atMostOnce(name, type, call);
    }
  }

  // -- Listings -----------------------------------------------------------------------------------

  static Mutant cutListingIsWhole() {
    return new Mutant() {
      @Override
      public ResourceSelector<?> selector(ResourceSelector<?> selector) {
        return new CutListing<>(selector);
      }
    };
  }

  static Mutant denyListOverridden() {
    return new Mutant() {
      @Override
      public ResourceSelector<?> selector(ResourceSelector<?> selector) {
        return new Untagged<>(selector);
      }
    };
  }

  /** Shows nothing that a deny list could go by. */
  private record Untagged<R extends Record>(ResourceSelector<R> port)
      implements ResourceSelector<R> {
    @Override
    public ResourceType<R> type() {
      return port.type();
    }

    @Override
    public Listing<R> list(Invocation caller, Query query, Optional<String> token) {
      Listing<R> listing = port.list(caller, query, token);
      return new Listing<>(
          listing.resources().stream()
              .map(r -> new Resource<>(r.type(), r.id(), r.scope(), Map.of(), r.attributes()))
              .toList(),
          listing.next());
    }
  }

  private record CutListing<R extends Record>(ResourceSelector<R> port)
      implements ResourceSelector<R> {
    @Override
    public ResourceType<R> type() {
      return port.type();
    }

    @Override
    public Listing<R> list(Invocation caller, Query query, Optional<String> token) {
      try {
        return port.list(caller, query, token);
      } catch (ActionException e) {
        return new Listing<>(List.of(), Optional.empty());
      }
    }
  }
}
