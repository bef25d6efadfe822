package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.refused;
import static io.opsautomator.testkit.StoreItems.run;
import static io.opsautomator.testkit.StoreItems.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.StoredTask.State;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store has to keep of tasks. */
abstract class TaskContract {
  abstract Store store();

  private Tasks tasks() {
    return store().tasks();
  }

  private StoredTask put(String name, long seconds) {
    return applied(tasks().put(task(name, Optional.of(NOON.plusSeconds(seconds))), 0));
  }

  private StoredTask put(StoredTask task, State state) {
    StoredTask edit =
        new StoredTask(task.name(), 0, task.incarnation(), state, task.definition(), task.clock());
    return applied(tasks().put(edit, task.revision()));
  }

  @Test
  void aNewTaskHasRevisionOne() {
    StoredTask stored = put("a", 0);
    assertThat(stored.revision()).isEqualTo(1);
    assertThat(tasks().find(stored.name())).contains(stored);
    assertThat(tasks().find(new TaskName("b"))).isEmpty();
  }

  @Test
  void aTaskIsChangedOverTheRevisionThatWasReadOnly() {
    StoredTask first = put("a", 0);
    assertThat(refused(tasks().put(first, 0))).isEqualTo(first);
    assertThat(refused(tasks().put(first, 7))).isEqualTo(first);
    StoredTask second = applied(tasks().put(first, first.revision()));
    assertThat(second.revision()).isEqualTo(2);
    assertThat(refused(tasks().put(first, first.revision()))).isEqualTo(second);
    assertThat(tasks().put(task("b", Optional.empty()), 1)).isEqualTo(new Write.Absent<>());
  }

  @Test
  void ofManyEditsAtOnceOneIsTaken() {
    StoredTask first = put("a", 0);
    List<Write<StoredTask>> writes =
        Together.each(8, i -> () -> tasks().put(first, first.revision()));
    assertThat(writes).filteredOn(w -> w instanceof Write.Applied<StoredTask>).hasSize(1);
    assertThat(tasks().find(first.name()).orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void anEditKeepsOpenAndQueuedRuns() {
    StoredTask first = put("a", 0);
    Run open = run("a", 0, Run.State.SELECTING);
    Run queued = run("a", 1, Run.State.QUEUED);
    Clock clock =
        new Clock(
            Optional.of(NOON.plusSeconds(60)),
            Optional.of(NOON),
            Optional.of(open.id()),
            List.of(queued.id()));
    applied(store().runs().fire(first, clock, List.of(open, queued)));
    Instant next = NOON.plusSeconds(7);
    StoredTask edit = first.withClock(Clock.STOPPED.withNext(Optional.of(next)));
    assertThat(applied(tasks().put(edit, 1)).clock()).isEqualTo(clock.withNext(Optional.of(next)));
  }

  @Test
  void i7_anEditThatWasWorkedOutBeforeAFiringDoesNotSetTheClockBack() {
    StoredTask first = put("a", 0);
    Clock fired =
        new Clock(
            Optional.of(NOON.plusSeconds(60)), Optional.of(NOON), Optional.empty(), List.of());
    StoredTask now = applied(store().runs().fire(first, fired, List.of()));
    assertThat(refused(tasks().put(first, first.revision()))).isEqualTo(now);
    assertThat(tasks().find(first.name())).contains(now);
  }

  @Test
  void aTaskThatTakesThePlaceOfADeletedOneLooksAfterItsOpenAndQueuedRuns() {
    StoredTask first = put("a", 0);
    Run open = run("a", 0, Run.State.SELECTING);
    Run queued = run("a", 1, Run.State.QUEUED);
    Clock clock =
        new Clock(
            Optional.empty(), Optional.of(NOON), Optional.of(open.id()), List.of(queued.id()));
    StoredTask fired = applied(store().runs().fire(first, clock, List.of(open, queued)));
    put(fired, State.DELETED);
    StoredTask fresh = applied(tasks().put(task("a", Optional.of(NOON)), 0));
    assertThat(fresh.clock().open()).contains(open.id());
    assertThat(fresh.clock().queued()).containsExactly(queued.id());
    assertThat(fresh.clock().lastDue()).isEmpty();
  }

  @Test
  void aTombstoneIsFoundByNameOnlyAndANewTaskTakesItsPlace() {
    StoredTask first = put("a", 0);
    StoredTask gone = put(first, State.DELETED);
    assertThat(tasks().find(first.name())).contains(gone);
    assertThat(tasks().all()).isEmpty();
    assertThat(tasks().nextDue()).isEmpty();
    StoredTask fresh = applied(tasks().put(task("a", Optional.empty()), 0));
    assertThat(fresh.state()).isEqualTo(State.ENABLED);
    assertThat(fresh.revision()).isGreaterThan(gone.revision());
  }

  @Test
  void allAreListedByName() {
    put("b", 0);
    put("a 1", 0);
    put("B", 0);
    put(put("c", 0), State.DISABLED);
    put(put("d", 0), State.DELETED);
    assertThat(tasks().all().stream().map(task -> task.name().value()))
        .containsExactly("B", "a 1", "b", "c");
  }

  @Test
  void dueAreEnabledTasksTheLongestOverdueFirst() {
    StoredTask late = put("a", 30);
    StoredTask early = put("b", 10);
    StoredTask middle = put("c", 20);
    put(put("d", 5), State.DISABLED);
    put(put("f", 5), State.PAUSED);
    applied(tasks().put(task("e", Optional.empty()), 0));
    Instant all = NOON.plusSeconds(60);
    assertThat(tasks().due(all, 10)).containsExactly(early, middle, late);
    assertThat(tasks().due(all, 2)).containsExactly(early, middle);
    assertThat(tasks().due(NOON.plusSeconds(20), 10)).containsExactly(early, middle);
    assertThat(tasks().due(NOON.plusSeconds(10).minusNanos(1), 10)).isEmpty();
    assertThat(tasks().nextDue()).contains(NOON.plusSeconds(10));
  }

  @Test
  void fractionsOfASecondSort() {
    Instant third = NOON.plusSeconds(1);
    Instant second = third.minusNanos(1);
    Instant first = NOON.plusMillis(5);
    applied(tasks().put(task("c", Optional.of(third)), 0));
    applied(tasks().put(task("b", Optional.of(first)), 0));
    applied(tasks().put(task("a", Optional.of(second)), 0));
    assertThat(tasks().due(third, 9).stream().map(task -> task.clock().next().orElseThrow()))
        .containsExactly(first, second, third);
    assertThat(tasks().due(second, 9)).hasSize(2);
  }

  @Test
  void thoseThatFollowATaskAreFoundAsTheyAreNow() {
    assertThat(tasks().following(new TaskName("first"))).isEmpty();
    StoredTask second = following("second", "first");
    StoredTask third = following("third", "second");
    put("fourth", 0);
    assertThat(tasks().following(new TaskName("first"))).containsExactly(second);
    assertThat(tasks().following(new TaskName("second"))).containsExactly(third);

    StoredTask held = put(second, State.PAUSED);
    assertThat(tasks().following(new TaskName("first"))).containsExactly(held);
    put(held, State.DELETED);
    assertThat(tasks().following(new TaskName("first"))).isEmpty();
  }

  private StoredTask following(String name, String other) {
    Task task = Task.named(name).action("A").after(other).build();
    StoredTask stored = task(name, Optional.empty()).withDefinition(TaskCodec.write(task));
    return applied(tasks().put(stored, 0));
  }

  @Test
  void aTaskThatIsDisabledIsNoLongerDue() {
    StoredTask task = put("a", 0);
    put(task, State.DISABLED);
    assertThat(tasks().due(NOON, 9)).isEmpty();
    assertThat(tasks().nextDue()).isEmpty();
  }
}
