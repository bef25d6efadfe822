package io.opsautomator.testkit.simulation;

import io.opsautomator.OpsAutomator;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One world from its beginning to its end: trouble for a while, then calm until everything has come
 * to rest.
 */
final class SimulatedWorld implements World, Seams.Chronicle {
  static final int LEAST_STEPS = 200;
  static final int LEAST_FAULTS = 3;
  private static final Duration LONGEST_TROUBLE = Duration.ofHours(2);

  /** How long nothing may end before it is clear that nothing ever will. */
  private static final Duration PATIENCE = Duration.ofHours(3);

  private static final long LAST_FIRINGS = 100_000;
  private static final long SETTLING = 90_000;
  private static final long APPROVALS = 45_000;
  private static final long LONGEST_SETTLING = 1_800_000;

  private final long seed;
  private final Blueprint blueprint;
  private final boolean reduced;
  private final Mutant mutant;
  private final Lane lane;
  private final Chance chance;
  private final Conductor conductor;
  private final Weather weather;
  private final Trace trace;
  private final Chronicler chronicler;
  private final Seams seams;
  private final Store items;
  private final Store observed;
  private final Optional<SimulatedTable> table;
  private final SharedQueue queue;
  private final Cloud cloud;
  private final Operators operators;
  private final List<Node> nodes = new ArrayList<>();
  private int started;
  private long calmSince;
  private long restSince;
  private boolean idle;
  private @Nullable Supplier<Boolean> disabled;

  SimulatedWorld(Simulation of, Lane lane, Mutant mutant, List<Watcher> watchers) {
    this.seed = of.seed();
    this.blueprint = new Blueprint(seed, of.less());
    this.reduced = of.less().faults().isPresent();
    this.mutant = mutant;
    this.lane = lane;
    this.chance = blueprint.chance.split();
    this.conductor =
        new Conductor(lane, blueprint.chance.split(), Blueprint.START.toEpochMilli(), this::look);
    this.weather = new Weather(blueprint.chance.split(), of.less().faults());
    if (!blueprint.sharedQueue) {
      weather.excludes(Fault.RESTART); // Closing such a queue makes a thread wait.
    }
    this.trace = new Trace(of.traced());
    this.chronicler = new Chronicler(conductor, weather, trace, watchers, Blueprint.START);
    this.seams = new Seams(conductor, weather, blueprint.chance.split(), blueprint.switching, this);
    this.queue =
        new SharedQueue(
            conductor,
            weather,
            blueprint.chance.split(),
            chronicler,
            blueprint.invisible,
            blueprint.images);
    this.cloud =
        new Cloud(
            conductor, weather, blueprint.chance.split(), seams, chronicler, blueprint.staleness);
    this.operators = new Operators(conductor, blueprint.chance.split(), chronicler, blueprint);
    this.table =
        of.shelf() == Shelf.MEMORY
            ? Optional.empty()
            : Optional.of(new SimulatedTable(conductor, weather, seams, chronicler, blueprint));
    this.items =
        table.map(SimulatedTable::truth).orElseGet(() -> mutant.shared(new InMemoryStore()));
    this.observed = new ObservedStore(items, chronicler);
  }

  /** What came of it. */
  WorldResult run() {
    chronicler.tell(watcher -> watcher.begun(this));
    blueprint.sizes.forEach(this::furnish);
    for (int i = 0; i < blueprint.nodes; i++) {
      conductor.in(chance.between(0L, 3_000L), this::join);
    }
    conductor.in(5_000, operators::storeTasks);
    foresee();
    lane.run(conductor);
    return new WorldResult(
        seed,
        new WorldResult.Size(
            blueprint.nodes,
            started,
            conductor.steps(),
            chronicler.written(),
            cloud.calls().size()),
        weather.counts(),
        weather.happened(),
        blueprint.features(),
        Optional.ofNullable(conductor.failure()),
        trace);
  }

  private void furnish(Scope scope, int size) {
    for (int number = 0; number < size; number++) {
      cloud.add(ThingSelector.id(scope, number), chance.in(0.3), chance.in(blueprint.broken));
    }
  }

  /** What is going to happen at its time, whatever the processes do. */
  private void foresee() {
    long trouble = blueprint.trouble.toMillis();
    for (int i = 0; i < blueprint.operations; i++) {
      conductor.in(chance.between(10_000L, trouble), operators::act);
    }
    for (int i = 0; i < 2; i++) {
      conductor.in(chance.between(15_000L, trouble), this::crash);
    }
    conductor.in(chance.between(15_000L, trouble), this::storm);
    conductor.in(chance.between(60_000L, trouble), cloud::mend);
    conductor.in(APPROVALS, this::approve);
  }

  /** Somebody lets waves go, now and then. */
  private void approve() {
    List.copyOf(chronicler.open()).stream().filter(this::rests).forEach(operators::approve);
    conductor.in(APPROVALS, this::approve);
  }

  private boolean rests(RunId id) {
    Run run = items.runs().find(id).orElseThrow();
    return items.gates().find(GateKey.ofRun(id, run.drive().number())).stream()
        .flatMap(gate -> gate.brake().stream())
        .anyMatch(brake -> brake.terms().restingSince().isPresent());
  }

  // -- Processes ----------------------------------------------------------------------------------

  private void join() {
    long skew = blueprint.skew == 0 ? 0 : chance.between(-blueprint.skew, blueprint.skew);
    Node node = new Node("p" + ++started, conductor, chance.split(), skew);
    nodes.add(node);
    chronicler.joined(node.name);
    if (Math.abs(skew) > MARGIN.toMillis() / 2 && weather.strikes(Fault.CLOCK_SKEW)) {
      chronicler.erred(Fault.CLOCK_SKEW, node.name + " by " + skew + " ms");
    }
    conductor.spawn(node, () -> begin(node));
  }

  private void begin(Node node) {
    OpsAutomator engine = engine(node);
    try {
      engine.start();
    } catch (RuntimeException e) {
      chronicler.said(() -> node.name + " could not start: " + e);
      died(node);
      throw new Death();
    }
    operators.knows(node, engine);
  }

  private OpsAutomator engine(Node node) {
    Store port =
        table
            .map(shared -> shared.store(node, mutant))
            .orElseGet(() -> new PortStore(observed, node, seams));
    InstantSource clock = mutant.clock(node.name, node);
    Timer timer = mutant.timer(node.name, node);
    OpsAutomator.Builder builder =
        OpsAutomator.builder()
            .withoutDiscovery()
            .worker(node.name)
            .workers(blueprint.workers)
            .safeguards(blueprint.safeguards)
            .territory(Territory.of(blueprint.home(), Set.of(blueprint.home().region())))
            .store(mutant.store(node.name, port, this))
            .clock(clock)
            .timer(timer)
            .executor(node)
            .queue(queue(node, timer, clock))
            .random(chance.split().random())
            .audit(mutant.audit(node.name, chronicler::audited))
            .selector(
                mutant.selector(
                    new ThingSelector(
                        blueprint.sizes, blueprint.page, conductor, seams, weather, chronicler)));
    blueprint.actions.forEach(
        choice -> builder.action(mutant.action(ThingActions.action(choice, cloud, conductor))));
    return builder.build();
  }

  private WorkQueue queue(Node node, Timer timer, InstantSource clock) {
    return blueprint.sharedQueue
        ? mutant.queue(node.name, new PortQueue(queue, node, blueprint.workers, seams, conductor))
        : new OwnQueue(WorkQueue.inProcess(node, timer, clock, blueprint.workers), chronicler);
  }

  @Override
  public void erred(Node node, Fault fault, String detail) {
    chronicler.erred(fault, detail);
  }

  @Override
  public void died(Node node) {
    gone(node, false);
  }

  private void gone(Node node, boolean inGoodOrder) {
    nodes.remove(node);
    operators.forgets(node);
    chronicler.left(node.name, inGoodOrder);
    node.die();
    conductor.in(weather.calm() ? 1_000 : chance.between(1_000L, 90_000L), this::join);
  }

  private void crash() {
    if (!nodes.isEmpty() && weather.strikes(Fault.CRASH_BETWEEN)) {
      Node node = chance.of(nodes);
      chronicler.erred(Fault.CRASH_BETWEEN, node.name);
      died(node);
    }
  }

  /** Its workers let go at their next effect or wait. */
  @Override
  public void closes(Node node) {
    operators
        .engine(node)
        .ifPresent(
            engine -> {
              operators.forgets(node);
              conductor.spawn(node, () -> close(node, engine));
            });
  }

  private void close(Node node, OpsAutomator engine) {
    engine.close();
    gone(node, true);
  }

  private void storm() {
    if (weather.strikes(Fault.STORM)) {
      long until = conductor.now() + chance.between(20_000L, 180_000L);
      chronicler.erred(Fault.STORM, "until " + Instant.ofEpochMilli(until));
      cloud.storm(until);
    }
  }

  // -- The end ------------------------------------------------------------------------------------

  /** Looks, after every event, whether it is time for the next part. */
  private void look() {
    if (calmSince == 0) {
      if (enough()) {
        clearUp();
      }
      return;
    }
    long calm = conductor.now() - calmSince;
    long idling = conductor.now() - Math.max(calmSince, chronicler.latestEnd());
    if (idling > PATIENCE.toMillis()) {
      finish();
    } else if (disabled == null && calm > LAST_FIRINGS) {
      disabled = operators.disableTasks();
    } else if (disabled != null && disabled.get() && chronicler.open().isEmpty()) {
      rest();
    } else {
      restSince = 0;
    }
  }

  private boolean enough() {
    Duration passed = Duration.between(Blueprint.START, now());
    boolean troubled =
        reduced
            || conductor.steps() >= LEAST_STEPS + 20 && weather.happened().size() >= LEAST_FAULTS;
    return passed.compareTo(blueprint.trouble) > 0 && troubled
        || passed.compareTo(LONGEST_TROUBLE) > 0;
  }

  private void clearUp() {
    calmSince = conductor.now();
    weather.clearUp();
    chronicler.said(() -> "ALL FAULTS END");
    nodes.forEach(Node::thaw);
    conductor.awakenAll();
  }

  private void rest() {
    if (restSince == 0) {
      restSince = conductor.now();
    }
    long rested = conductor.now() - restSince;
    boolean quiet = blueprint.sharedQueue ? queue.isEmpty() : rested > LEASE.toMillis();
    if (rested > SETTLING && quiet || rested > LONGEST_SETTLING) {
      idle = true;
      finish();
    }
  }

  private void finish() {
    chronicler.said(() -> idle ? "everything has come to rest" : "IT DOES NOT COME TO REST");
    chronicler.tell(watcher -> watcher.ended(this));
    conductor.end();
  }

  // -- What may be known --------------------------------------------------------------------------

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(conductor.now());
  }

  @Override
  public Instant start() {
    return Blueprint.START;
  }

  @Override
  public Store truth() {
    return items;
  }

  @Override
  public boolean strictlyInOrder() {
    return table.isEmpty();
  }

  @Override
  public List<Task> tasks() {
    return List.copyOf(blueprint.tasks);
  }

  @Override
  public Safeguards safeguards() {
    return blueprint.safeguards;
  }

  @Override
  public boolean denied(String key) {
    String id = key.substring(key.lastIndexOf('/') + 1);
    int number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    return blueprint.safeguards.deny().tags().stream()
        .anyMatch(filter -> filter.matches(Limits.tags(id, number)));
  }

  @Override
  public Duration skew() {
    return Duration.ofMillis(blueprint.skew);
  }

  @Override
  public Duration staleness() {
    return Duration.ofMillis(blueprint.staleness);
  }

  @Override
  public List<CloudCall> calls() {
    return cloud.calls();
  }

  @Override
  public Optional<Instant> calmSince() {
    return calmSince == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(calmSince));
  }

  @Override
  public boolean idle() {
    return idle;
  }
}
