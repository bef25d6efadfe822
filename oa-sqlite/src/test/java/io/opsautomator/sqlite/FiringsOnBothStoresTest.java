package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import io.opsautomator.testkit.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What comes of hourly firings, on either store: when nobody looked, when a run is still open, and
 * when the process dies at the write. It begins at half past seven.
 */
final class FiringsOnBothStoresTest {
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final TaskName NAME = new TaskName("hourly");

  enum Kind {
    MEMORY,
    SQLITE
  }

  enum Dies {
    BEFORE,
    AFTER
  }

  /** The end of a process. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Takes an hour and a half. */
  record Slow() implements Action<Slow.Params> {
    record Params() {}

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Slow", new Params())
          .titled("Slow", "Waits")
          .version("1.0", "0d9d4f0e-52d5-4e19-a20f-3ab5c51a4c10")
          .selects(TasksInMotionTest.Bell.TYPE, Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      Duration wait = Duration.ofMinutes(90);
      context
          .effects()
          .await(
              Completion.when("over", waited -> waited.compareTo(wait) >= 0)
                  .within(wait.plusHours(1)));
      return Outcome.of("bell", Evidence.confirmed("over"));
    }
  }

  @TempDir private Path folder;
  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T07:30:00Z");
  private Optional<Store> memory = Optional.empty();
  private Optional<Store> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(Store::close);
  }

  /** The same store, in a process of its own. */
  private Store store(Kind kind) {
    if (kind == Kind.MEMORY) {
      memory = memory.or(() -> Optional.of(new InMemoryStore()));
      return memory.get();
    }
    open.ifPresent(Store::close);
    open = Optional.of(SqliteStore.open(folder.resolve("store.db")));
    return open.get();
  }

  private OpsAutomator engine(Store store) {
    return OpsAutomator.builder()
        .withoutDiscovery()
        .action(new TasksInMotionTest.Ring())
        .action(new Slow())
        .selector(new TasksInMotionTest.Bells())
        .territory(Territory.of(HOME, Set.of(HOME.region())))
        .store(store)
        .clock(time)
        .timer(time)
        .executor(time)
        .random(new Random(3))
        .build();
  }

  private static Task.Builder hourly(String action) {
    return Task.named(NAME.value())
        .action(action)
        .where("*")
        .timeout(Duration.ofHours(5))
        .on(Schedule.cron("0 * * * *", "UTC"));
  }

  private OpsAutomator started(Store store, Task task) {
    OpsAutomator engine = engine(store);
    assertThat(engine.put(task)).isEmpty();
    engine.start();
    return engine;
  }

  /** Nobody looks from 08:30 to 12:30. */
  private OpsAutomator awake(Kind kind, MisfirePolicy policy) {
    started(store(kind), hourly("Ring").misfire(policy).build());
    time.advance(Duration.ofHours(1));
    time.clear();
    time.advance(Duration.ofHours(4));
    OpsAutomator engine = engine(store(kind));
    engine.start();
    time.advance(Duration.ofMinutes(10));
    return engine;
  }

  private static List<String> due(OpsAutomator engine, State state) {
    return engine.history(Optional.of(NAME), 100).stream()
        .filter(run -> run.state() == state)
        .map(FiringsOnBothStoresTest::due)
        .sorted()
        .map(LocalTime::toString)
        .toList();
  }

  private static LocalTime due(Run run) {
    return ((Trigger.Firing) run.cause().trigger()).due().atOffset(ZoneOffset.UTC).toLocalTime();
  }

  private static int missed(OpsAutomator engine) {
    return engine.history(Optional.of(NAME), 100).stream()
        .mapToInt(run -> run.cause().missed().count())
        .sum();
  }

  @ParameterizedTest
  @EnumSource
  void ofWhatWasMissedTheLastRunsAndStandsForTheOthers(Kind kind) {
    OpsAutomator engine = awake(kind, new MisfirePolicy.Last());

    assertThat(due(engine, State.COMPLETE)).containsExactly("08:00", "12:00");
    assertThat(due(engine, State.PASSED)).isEmpty();
    assertThat(missed(engine)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMissedIsPassedOver(Kind kind) {
    OpsAutomator engine = awake(kind, new MisfirePolicy.Skip());

    assertThat(due(engine, State.COMPLETE)).containsExactly("08:00");
    assertThat(due(engine, State.PASSED)).containsExactly("12:00");
    assertThat(missed(engine)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void allThatWasMissedRunsWithinItsBound(Kind kind) {
    OpsAutomator engine = awake(kind, new MisfirePolicy.All(3, Duration.ofDays(1)));

    assertThat(due(engine, State.COMPLETE)).containsExactly("08:00", "10:00", "11:00", "12:00");
    assertThat(due(engine, State.PASSED)).containsExactly("09:00");
    assertThat(missed(engine)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void noneOfThoseThatAreTooOldRuns(Kind kind) {
    OpsAutomator engine = awake(kind, new MisfirePolicy.All(9, Duration.ofHours(2)));

    assertThat(due(engine, State.COMPLETE)).containsExactly("08:00", "11:00", "12:00");
    assertThat(due(engine, State.PASSED)).containsExactly("10:00");
    assertThat(missed(engine)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "MEMORY, SKIP, 08:00 10:00 12:00, 09:00 11:00",
    "SQLITE, SKIP, 08:00 10:00 12:00, 09:00 11:00",
    "MEMORY, QUEUE, 08:00 09:00 10:00 12:00, 11:00",
    "SQLITE, QUEUE, 08:00 09:00 10:00 12:00, 11:00",
    "MEMORY, ALLOW, 08:00 09:00 10:00 11:00 12:00, ''",
    "SQLITE, ALLOW, 08:00 09:00 10:00 11:00 12:00, ''"
  })
  void whatIsDueWhileARunIsOpenIsSkippedQueuedOrAllowed(
      Kind kind, OverlapPolicy overlap, String ran, String passed) {
    OpsAutomator engine =
        started(
            store(kind),
            hourly("Slow")
                .overlap(overlap)
                .until(time.instant().plus(Duration.ofHours(5)))
                .build());
    time.advance(Duration.ofHours(24));

    assertThat(String.join(" ", due(engine, State.COMPLETE))).isEqualTo(ran);
    assertThat(String.join(" ", due(engine, State.PASSED))).isEqualTo(passed);
  }

  @ParameterizedTest
  @CsvSource({"MEMORY, BEFORE", "MEMORY, AFTER", "SQLITE, BEFORE", "SQLITE, AFTER"})
  void w7_aSchedulerThatDiesAtTheWriteOfAFiringLosesAndDoublesNothing(Kind kind, Dies dies) {
    started(mortal(store(kind), dies), hourly("Ring").build());
    assertThatThrownBy(() -> time.advance(Duration.ofHours(1))).isInstanceOf(Death.class);
    time.clear();

    OpsAutomator next = engine(store(kind));
    next.start();
    time.advance(Duration.ofHours(2));

    assertThat(due(next, State.COMPLETE)).containsExactly("08:00", "09:00", "10:00");
    assertThat(next.history(Optional.of(NAME), 100)).hasSize(3);
  }

  /** A store at whose first firing the process dies. */
  private static Store mortal(Store store, Dies dies) {
    return proxy(
        Store.class,
        store,
        (method, answer) ->
            method.equals("runs")
                ? proxy(Runs.class, (Runs) answer.get(), (name, call) -> fire(name, call, dies))
                : answer.get());
  }

  private static Object fire(String method, Call call, Dies dies) throws Throwable {
    boolean last = method.equals("fire");
    if (last && dies == Dies.BEFORE) {
      throw new Death();
    }
    Object answer = call.get();
    if (last) {
      throw new Death();
    }
    return answer;
  }

  /** A call that has not been made yet. */
  private interface Call {
    Object get() throws Throwable;
  }

  private interface Around {
    Object call(String method, Call call) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                around.call(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(target, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    })));
  }
}
