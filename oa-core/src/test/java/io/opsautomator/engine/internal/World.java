package io.opsautomator.engine.internal;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.Invocation;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Virtual time, one thread, and lamps in two regions: a world for tests of the engine. */
final class World implements InstantSource, Timer, Executor {
  static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  static final Scope NORTH = Scope.of("111122223333", "eu-north-1");

  /** Something to switch. */
  record Lamp(boolean on) {
    static final ResourceType<Lamp> TYPE = new ResourceType<>("light", "Lamps", Lamp.class, true);
  }

  private record Due(Instant at, long order, Runnable task) {}

  final CountingStore store = new CountingStore(new InMemoryStore());
  final List<AuditEvent> events = new ArrayList<>();

  /** What listing a scope fails with, or a later page of it: {@code scope@token}. */
  final Map<String, RuntimeException> unreadable = new java.util.HashMap<>();

  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private final Queue<Runnable> ready = new ArrayDeque<>();
  final List<ResourceSelector.Query> queries = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T10:00:00Z");
  private long orders;
  int lamps = 3;

  /** Whether single lamps can be looked at; those without a room are gone. */
  boolean findable;

  /** Rooms that lamps were moved to since they were listed, by scope and id. */
  final Map<String, String> moved = new java.util.HashMap<>();

  int looks;
  Territory territory = Territory.of(HOME, Set.of(HOME.region(), NORTH.region()));

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Alarm at(Instant when, Runnable task) {
    Due due = new Due(when, orders++, task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  /** Lets time pass; whatever is due on the way happens in order. */
  void pass(Duration time) {
    Instant until = now.plus(time);
    while (true) {
      for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
        task.run();
      }
      Due next = timers.peek();
      if (next == null || next.at().isAfter(until)) {
        break;
      }
      timers.poll();
      now = next.at().isAfter(now) ? next.at() : now;
      next.task().run();
    }
    now = until;
  }

  /** What a killed process leaves behind: nothing but the store. */
  void kill() {
    timers.clear();
    ready.clear();
  }

  /** What is being done right now takes so long. */
  void takes(Duration time) {
    now = now.plus(time);
  }

  OpsAutomator engine(Action<?>... actions) {
    OpsAutomator.Builder builder = builder();
    for (Action<?> action : actions) {
      builder.action(action);
    }
    return builder.build();
  }

  OpsAutomator.Builder builder() {
    return OpsAutomator.builder()
        .territory(territory)
        .store(store)
        .clock(this)
        .timer(this)
        .executor(this)
        .random(new Random(7))
        .audit(events::add)
        .selector(new Lamps());
  }

  <E extends AuditEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** As many lamps as asked for in each region, two to a page. */
  ResourceSelector<Lamp> lamps() {
    return new Lamps();
  }

  private final class Lamps implements ResourceSelector<Lamp> {
    @Override
    public Optional<List<Resource<Lamp>>> find(Invocation caller, List<String> ids) {
      looks++;
      RuntimeException fault = unreadable.get(caller.scope().key());
      if (fault != null) {
        throw fault;
      }
      List<Resource<Lamp>> found = new ArrayList<>();
      for (String id : ids) {
        String room = moved.getOrDefault(caller.scope().key() + "/" + id, "hall");
        if (!room.isEmpty()) {
          Map<String, String> tags = Map.of("room", room);
          found.add(new Resource<>(Lamp.TYPE, id, caller.scope(), tags, new Lamp(true)));
        }
      }
      return findable ? Optional.of(found) : Optional.empty();
    }

    @Override
    public ResourceType<Lamp> type() {
      return Lamp.TYPE;
    }

    @Override
    public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
      queries.add(query);
      String scope = caller.scope().key();
      RuntimeException fault =
          unreadable.getOrDefault(
              scope + token.map(at -> "@" + at).orElse(""), unreadable.get(scope));
      if (fault != null) {
        throw fault;
      }
      int from = token.map(Integer::parseInt).orElse(0);
      int to = Math.min(lamps, from + 2);
      List<Resource<Lamp>> page =
          IntStream.range(from, to)
              .mapToObj(
                  i ->
                      new Resource<>(
                          Lamp.TYPE,
                          "lamp-" + i,
                          caller.scope(),
                          Map.of("room", i % 2 == 0 ? "hall" : "attic"),
                          new Lamp(true)))
              .toList();
      return new Listing<>(page, to < lamps ? Optional.of("" + to) : Optional.empty());
    }
  }
}
