package io.opsautomator.testkit;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.action.Services;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.CallRecorder;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.plan.Plan;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.testkit.ActionHarness.Case;
import io.opsautomator.testkit.ActionHarness.Moment;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.text.ParameterStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * One run of one case, in a world of its own: an estate, a store, a clock, and engines one after
 * the other. Used once.
 */
final class Rehearsal<P extends Record> {
  private static final long SEED = 1;
  private static final int WORKERS = 64;
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofDays(3);

  /** After the end, so that what was set going has arrived and two runs can be compared. */
  private static final Duration SETTLE = Duration.ofHours(2);

  private final Case<P> given;
  private final VirtualTime time;
  private final Estate estate;
  private final Seam seam;
  private final SeamStore store;
  private final CallRecorder calls = new CallRecorder();
  private final List<AuditEvent> events = new ArrayList<>();
  private final Action<P> action;
  private final Course course;
  private final Optional<OpsAutomator> twin;
  private OpsAutomator engine;

  /** What somebody asks for on the way. */
  enum Course {
    TO_THE_END,
    /** At the very end, to take back all of it. */
    BACK_FROM_THE_END,
    /** After the death of the process, to take back what it had done. */
    BACK_AFTER_DEATH,
    /**
     * Nothing; but there are two workers, and each gets every message that either of them sends.
     */
    TWICE
  }

  /** What a plan was, and what was called for it. */
  record Planned(Plan plan, List<AwsCall> calls) {}

  Rehearsal(Case<P> given, Optional<Moment> death, Course course) {
    this.given = given;
    this.course = course;
    this.time = VirtualTime.startingAt(given.start());
    this.estate = Estate.seeded(time, SEED);
    given.estate().accept(estate);
    this.seam = new Seam(death);
    this.store = new SeamStore(seam, course == Course.BACK_FROM_THE_END);
    this.action = freshAction();
    if (course == Course.TWICE) {
      WorkQueue one = queue();
      WorkQueue other = queue();
      this.engine = engine().worker("one").queue(new BothQueues(one, other)).build();
      this.twin = Optional.of(engine().worker("other").queue(new BothQueues(other, one)).build());
    } else {
      this.engine = engine().build();
      this.twin = Optional.empty();
    }
  }

  /** As a process that has just begun has it. */
  private Action<P> freshAction() {
    return given.action().apply(services());
  }

  private WorkQueue queue() {
    return WorkQueue.inProcess(time, time, time, WORKERS);
  }

  /** Delivers from the one, and sends to both, so that work goes to and fro between them. */
  private record BothQueues(WorkQueue own, WorkQueue other) implements WorkQueue {
    @Override
    public void send(List<Message> messages, Duration delay) {
      other.send(messages, delay);
      own.send(messages, delay);
    }

    @Override
    public void deliverTo(Consumer<Delivery> handler) {
      own.deliverTo(handler);
    }

    @Override
    public void close() {
      own.close();
    }
  }

  Action<P> action() {
    return action;
  }

  Estate untouched() {
    settle();
    return estate;
  }

  Planned plan() {
    Plan plan = engine.plan(task());
    engine.close();
    return new Planned(plan, calls.calls());
  }

  Ran run() {
    List<Violation> wrong = engine.put(task());
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("no task can be like this: " + wrong);
    }
    engine.work();
    twin.ifPresent(OpsAutomator::work);
    RunId id = engine.run(task().name(), "rehearsal");
    Run run = toItsEnd(id);
    Ran ran = new Ran(run, engine.executions(id), estate, seam.crossings(), events, calls.calls());
    settle();
    return ran;
  }

  boolean died() {
    return seam.died();
  }

  // -- Time ---------------------------------------------------------------------------------------

  private Run toItsEnd(RunId id) {
    Instant tooLate = time.instant().plus(PATIENCE);
    Run run = find(id);
    while (!run.state().ended()) {
      if (time.instant().isAfter(tooLate)) {
        throw new AssertionError(
            "not ended "
                + PATIENCE
                + " after its start, so it misses its deadline: "
                + run
                + engine.executions(id));
      }
      pass(id);
      run = find(id);
    }
    return run;
  }

  private Run find(RunId id) {
    return store.runs().find(id).orElseThrow();
  }

  private void pass(RunId run) {
    try {
      time.advance(STEP);
    } catch (Seam.Death death) {
      time.clear();
      seam.revive();
      engine = engine().build();
      engine.work();
      if (course == Course.BACK_AFTER_DEATH && !find(run).state().ended()) {
        engine.cancel(run, "what was done is to be taken back", true);
      }
    }
  }

  private void settle() {
    engine.close();
    twin.ifPresent(OpsAutomator::close);
    time.clear();
    time.advance(SETTLE);
  }

  // -- The engine and what it is given ------------------------------------------------------------

  private OpsAutomator.Builder engine() {
    OpsAutomator.Builder builder =
        OpsAutomator.builder()
            .withoutDiscovery()
            .territory(Territory.of(Estate.HOME, regions()))
            .store(store)
            .clock(time)
            .timer(time)
            .executor(time)
            .random(new Random(SEED))
            .audit(events::add)
            .provide(AwsClients.class, clients())
            .provide(ParameterStore.class, this::parameters)
            .action(freshAction());
    Ec2Selectors.of(estate.clients()).forEach(selector -> builder.selector(only(selector)));
    return builder;
  }

  private Set<Scope.Region> regions() {
    Set<Scope.Region> regions =
        estate.scopes().stream().map(Scope::region).collect(Collectors.toCollection(HashSet::new));
    regions.add(Estate.HOME.region());
    return regions;
  }

  private AwsClients clients() {
    return new SeamClients(estate, seam, calls);
  }

  private Services services() {
    return new Services() {
      @Override
      public <S> S get(Class<S> type) {
        Object service = type == AwsClients.class ? clients() : given.services().get(type);
        if (service == null) {
          throw new IllegalStateException(
              "the action needs a "
                  + type.getSimpleName()
                  + ": call providing("
                  + type.getSimpleName()
                  + ".class, ...)");
        }
        return type.cast(service);
      }
    };
  }

  private Map<String, String> parameters(Set<String> names) {
    return estate
        .unguarded(SsmClient.class, Estate.HOME)
        .getParameters(request -> request.names(names))
        .parameters()
        .stream()
        .collect(Collectors.toMap(Parameter::name, Parameter::value));
  }

  private <R extends Record> ResourceSelector<R> only(ResourceSelector<R> all) {
    return given.ids().isEmpty() ? all : new Only<>(all, given.ids());
  }

  private record Only<R extends Record>(ResourceSelector<R> all, Set<String> ids)
      implements ResourceSelector<R> {
    @Override
    public ResourceType<R> type() {
      return all.type();
    }

    @Override
    public Listing<R> list(Invocation caller, Query query, Optional<String> token) {
      Listing<R> page = all.list(caller, query, token);
      List<Resource<R>> kept =
          page.resources().stream().filter(resource -> ids.contains(resource.id())).toList();
      return new Listing<>(kept, page.next());
    }
  }

  /** From its beginning to its end, an execution has so long. */
  Duration timeout() {
    P parameters = given.parameters().orElseGet(() -> action.metadata().defaults());
    Duration own = action.limits(parameters).completionTimeout();
    return task().limits().timeout().orElse(own.isZero() ? Duration.ofHours(1) : own);
  }

  // -- The task -----------------------------------------------------------------------------------

  private Task task() {
    Task asked = draft().build();
    boolean needsFilter =
        asked.target().tags().isEmpty() && action.metadata().selection().type().taggable();
    return needsFilter ? draft().where(everything()).build() : asked;
  }

  private Task.Builder draft() {
    Task.Builder builder = Task.named("rehearsal").action(action.metadata().name());
    rawParameters().forEach(builder::with);
    return given.task().apply(builder);
  }

  Map<String, Object> rawParameters() {
    P parameters = given.parameters().orElseGet(() -> action.metadata().defaults());
    return RawParameters.of(action.metadata().parameters(), parameters);
  }

  /** Dangerous actions allow no bare wildcard; for a test, everything is meant all the same. */
  private String everything() {
    return action.metadata().selection().bareWildcards() ? "*" : "!(left-out-of-rehearsals)";
  }
}
