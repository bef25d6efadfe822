package io.opsautomator.engine.internal;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.Services;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.dispatch.internal.InProcessQueue;
import io.opsautomator.notify.Notifier;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoreProvider;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.SafeguardsFile;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Collects what an engine is made of. */
public final class EngineBuilder implements OpsAutomator.Builder {
  private final Map<String, Object> once = new LinkedHashMap<>();
  private final Map<Class<?>, Object> services = new LinkedHashMap<>();
  private final List<Action<?>> actions = new ArrayList<>();
  private final Map<String, ResourceSelector<?>> selectors = new LinkedHashMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<AuditSink> sinks = new ArrayList<>();
  private final List<Notifier> notifiers = new ArrayList<>();

  @Override
  public OpsAutomator.Builder install(OpsAutomator.Plugin plugin) {
    plugin.install(this);
    return this;
  }

  @Override
  public <S> OpsAutomator.Builder provide(Class<S> type, S service) {
    if (services.putIfAbsent(type, service) != null) {
      throw new IllegalStateException(
          "provide(" + type.getSimpleName() + ") has been called before");
    }
    return this;
  }

  @Override
  public OpsAutomator.Builder action(Action<?> action) {
    actions.add(action);
    return this;
  }

  @Override
  public OpsAutomator.Builder withoutDiscovery() {
    return once("discovery", false);
  }

  @Override
  public OpsAutomator.Builder selector(ResourceSelector<?> selector) {
    if (selectors.putIfAbsent(selector.type().key(), selector) != null) {
      throw new IllegalStateException("two selectors for " + selector.type().key());
    }
    return this;
  }

  @Override
  public OpsAutomator.Builder task(Task task) {
    tasks.add(task);
    return this;
  }

  @Override
  public OpsAutomator.Builder tasks(Path file) {
    files.add(file);
    return this;
  }

  @Override
  public OpsAutomator.Builder audit(AuditSink sink) {
    sinks.add(sink);
    return this;
  }

  @Override
  public OpsAutomator.Builder notify(Notifier notifier) {
    notifiers.add(notifier);
    return this;
  }

  @Override
  public OpsAutomator.Builder territory(Territory territory) {
    return once("territory", territory);
  }

  @Override
  public OpsAutomator.Builder safeguards(Safeguards safeguards) {
    return once("safeguards", safeguards);
  }

  @Override
  public OpsAutomator.Builder safeguards(Path file) {
    return once("safeguards", file);
  }

  @Override
  public OpsAutomator.Builder store(Store store) {
    return once("store", store);
  }

  @Override
  public OpsAutomator.Builder store(Path folder) {
    return once("store", folder);
  }

  @Override
  public OpsAutomator.Builder history(Duration kept) {
    if (kept.isNegative()) {
      throw new IllegalArgumentException("history is " + kept + ", not zero or more");
    }
    return once("history", kept);
  }

  @Override
  public OpsAutomator.Builder deployment(String name) {
    return once("deployment", name);
  }

  @Override
  public OpsAutomator.Builder queue(WorkQueue queue) {
    return once("queue", queue);
  }

  @Override
  public OpsAutomator.Builder worker(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a worker is blank");
    }
    return once("worker", name);
  }

  @Override
  public OpsAutomator.Builder workers(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("workers is " + most + ", not 1 or more");
    }
    return once("workers", most);
  }

  @Override
  public OpsAutomator.Builder listing(Bounds bounds) {
    return once("listing", bounds);
  }

  @Override
  public OpsAutomator.Builder lease(Duration lease) {
    if (lease.compareTo(Settings.SHORTEST_LEASE) < 0
        || lease.compareTo(Settings.LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException(
          "lease is %s, not between %s and %s"
              .formatted(lease, Settings.SHORTEST_LEASE, Settings.LONGEST_LEASE));
    }
    return once("lease", lease);
  }

  @Override
  public OpsAutomator.Builder clock(InstantSource clock) {
    return once("clock", clock);
  }

  @Override
  public OpsAutomator.Builder timer(Timer timer) {
    return once("timer", timer);
  }

  @Override
  public OpsAutomator.Builder executor(Executor executor) {
    return once("executor", executor);
  }

  @Override
  public OpsAutomator.Builder random(RandomGenerator random) {
    return once("random", random);
  }

  private OpsAutomator.Builder once(String what, Object value) {
    if (once.putIfAbsent(what, value) != null) {
      throw new IllegalStateException(what + " has been set before, to " + once.get(what));
    }
    return this;
  }

  private <T> Optional<T> find(String what, Class<T> type) {
    return Optional.ofNullable(once.get(what)).map(type::cast);
  }

  @Override
  public OpsAutomator build() {
    Territory territory = find("territory", Territory.class).orElseGet(Territory::local);
    ActionCatalog actions = catalog();
    List<Task> all = new ArrayList<>(tasks);
    files.forEach(file -> all.addAll(read(file)));
    return new Engine(world(), territory, selectors.values(), actions, services(), sinks, all);
  }

  private static List<Task> read(Path file) {
    TaskFile.Parsed parsed = TaskFile.read(file);
    if (!parsed.problems().isEmpty()) {
      throw new IllegalArgumentException(
          parsed.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
    }
    return parsed.tasks().stream().map(TaskFile.Located::task).toList();
  }

  private ActionCatalog catalog() {
    ActionCatalog given = ActionCatalog.of(actions);
    if (once.containsKey("discovery")) {
      return given;
    }
    List<Action<?>> all = new ArrayList<>(actions);
    ActionCatalog.discover(services()).actions().stream()
        .filter(found -> given.find(found.metadata().name()).isEmpty())
        .forEach(all::add);
    return ActionCatalog.of(all);
  }

  private Services services() {
    return new Services() {
      @Override
      public <S> S get(Class<S> type) {
        Object service = services.get(type);
        if (service == null) {
          throw new IllegalStateException(
              "an action needs "
                  + type.getSimpleName()
                  + ": call provide("
                  + type.getSimpleName()
                  + ".class, ...), or install what brings it, such as Aws.defaults(); or call"
                  + " withoutDiscovery() and give the actions that are wanted");
        }
        return type.cast(service);
      }
    };
  }

  private World world() {
    boolean some =
        once.containsKey("clock") || once.containsKey("timer") || once.containsKey("executor");
    boolean all =
        once.containsKey("clock") && once.containsKey("timer") && once.containsKey("executor");
    if (some && !all) {
      throw new IllegalStateException(
          "clock, timer and executor belong together: set all three, or none");
    }
    SystemRuntime system = new SystemRuntime();
    boolean ownStore = !(once.get("store") instanceof Store);
    InstantSource clock = find("clock", InstantSource.class).orElse(system.clock);
    Timer timer = find("timer", Timer.class).orElse(system.timer);
    Executor executor = find("executor", Executor.class).orElse(system.workers);
    int workers = find("workers", Integer.class).orElse(64);
    return new World(
        new Stored(openStore(), ownStore),
        find("queue", WorkQueue.class)
            .orElseGet(() -> new InProcessQueue(executor, timer, clock, workers)),
        clock,
        timer,
        executor,
        find("random", RandomGenerator.class).orElse(system.random),
        new Config(
            find("history", Duration.class).orElse(Duration.ofDays(30)),
            Settings.of(
                find("worker", String.class).orElseGet(system::worker),
                find("deployment", String.class).orElse(Settings.DEPLOYMENT),
                safeguards(),
                find("lease", Duration.class).orElse(Settings.LEASE)),
            new ListingLimits(find("listing", Bounds.class).orElse(ListingLimits.DEFAULT), clock),
            notifiers),
        system);
  }

  private Safeguards safeguards() {
    Object given = once.getOrDefault("safeguards", Safeguards.NONE);
    return given instanceof Path file ? readSafeguards(file) : (Safeguards) given;
  }

  private static Safeguards readSafeguards(Path file) {
    SafeguardsFile.Parsed parsed = SafeguardsFile.read(file);
    return parsed
        .safeguards()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    parsed.problems().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining("\n"))));
  }

  private Store openStore() {
    Object given = once.get("store");
    if (given == null) {
      return new InMemoryStore();
    }
    if (given instanceof Store store) {
      return store;
    }
    return ServiceLoader.load(StoreProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no durable store is on the class path: add the dependency oa-sqlite"))
        .open((Path) given);
  }

  /** What stands outside the engine. */
  record World(
      Stored stored,
      WorkQueue queue,
      InstantSource clock,
      Timer timer,
      Executor executor,
      RandomGenerator random,
      Config config,
      AutoCloseable system) {}

  /**
   * @param own whether the engine closes it
   */
  record Stored(Store store, boolean own) {}

  record Config(
      Duration history, Settings settings, ListingLimits listing, List<Notifier> notifiers) {}
}
