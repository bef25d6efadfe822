package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Omission;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A store with something of each kind in it: always the same. */
final class Everything {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00.5Z");
  static final GateKey KEY = new GateKey("Ec2CreateSnapshot/111122223333/eu-west-1");

  private static final GateKey BRAKED = new GateKey("run/nightly");
  private static final Instant LATER = NOON.plusSeconds(300);
  private static final TaskName TASK = new TaskName("nightly");
  private static final Trigger TRIGGER = new Trigger.Firing(NOON);
  private static final RunId RUN = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaaa");
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");
  private static final BatchId BATCH = new BatchId("*", 0);
  private static final Claimant WORKER = new Claimant("i-0abc/4711/x7Qz", LATER, NOON);
  private static final String WINDOW = "2026-03-01T00:00:00Z/PT24H";
  private static final String DEFINITION = "{\"v\":1,\"name\":\"nightly\",\"action\":\"A\"}";
  private static final String AFTER =
      """
      {"format":4,"name":"after","action":"A","parameters":{},"thisAccount":true,"accounts":[],\
      "schedules":[],"events":[],"misfire":{"policy":"LAST"},"overlap":"QUEUE","concurrency":0,\
      "batchSize":0,"flow":{"after":[{"task":"nightly","when":["SUCCEEDED"]}]},"description":"",\
      "enabled":true,"dryrun":false,"debug":false,"taskNotifications":false,"taskMetrics":false}\
      """;
  private static final String LONG =
      "{\"id\":\"i-0123456789abcdef0\",\"tag\":\"\u00e4\"},".repeat(20);
  private static final int WAITING = 60;

  private Everything() {}

  static void write(Store store) {
    tasks(store);
    listing(store);
    executions(store);
    gates(store);
    budget(store);
  }

  private static void budget(Store store) {
    applied(store.budgets().reserve(WINDOW, RUN, 7, 100));
  }

  private static void tasks(Store store) {
    StoredTask.Clock stopped = StoredTask.Clock.STOPPED;
    StoredTask task = task(TASK, DEFINITION, stopped.withNext(Optional.of(NOON)));
    applied(store.tasks().put(task, 0));
    applied(store.tasks().put(task(new TaskName("after"), AFTER, stopped), 0));
    Run.Cause cause = new Run.Cause(1, DEFINITION, TRIGGER, NOON, Run.Missed.NONE);
    Run run =
        new Run(RUN, TASK, cause, Run.State.SELECTING, LATER, Run.Summary.NONE, Run.Drive.FIRST);
    StoredTask stored = store.tasks().find(TASK).orElseThrow();
    StoredTask.Clock fired =
        new StoredTask.Clock(
            Optional.of(LATER), Optional.of(NOON), Optional.of(RUN), List.of(), Optional.empty());
    applied(store.runs().fire(stored, fired, List.of(run)));
  }

  private static StoredTask task(TaskName name, String definition, StoredTask.Clock clock) {
    return new StoredTask(name, 0, "first", StoredTask.State.ENABLED, definition, clock);
  }

  private static void listing(Store store) {
    Scope paris = Scope.of("111122223333", "eu-west-3");
    store.selections().fanOut(RUN, List.of(SCOPE, paris));
    applied(store.selections().claim(RUN, SCOPE, WORKER));
    Omission omission = new Omission(Exclusion.Kind.OPTED_OUT, "has no tag", 3);
    List<Page.Item> items = List.of(new Page.Item("i-1", LONG), new Page.Item("i-2", "{}"));
    Page page = new Page(SCOPE, 0, items, 3, Optional.empty(), List.of(omission), false);
    applied(store.selections().append(RUN, page));
    Slice.Counted counted = new Slice.Counted(5, 2, List.of(omission));
    applied(store.selections().end(RUN, SCOPE, 1, Slice.End.sealed(1, counted)));
  }

  private static void executions(Store store) {
    List<Execution> all =
        List.of(execution("ready", 0), execution("running", 1), execution("ended", 2));
    store.executions().create(all).forEach(Everything::applied);
    List<ExecutionId> ids = all.stream().map(Execution::id).toList();
    applied(store.selections().dispatched(RUN, Batch.fresh(BATCH, ids, true)));
    Execution running = claimed(store, ids.get(1));
    applied(
        store
            .executions()
            .advance(
                running.id(),
                running.progress().epoch(),
                new Move.Checkpoint(
                    Optional.of(LATER), List.of(entry("one", LONG), entry("two", "{}")))));
    Execution ended = claimed(store, ids.get(2));
    Move.End end = new Move.End(Status.SUCCEEDED, "{\"code\":\"DONE\"}", List.of(entry("one", "")));
    applied(store.executions().advance(ended.id(), ended.progress().epoch(), end));
    store.selections().ended(RUN, BATCH, 0, new Ends(Set.of(2), Set.of(), Set.of()));
  }

  private static Execution execution(String name, int ordinal) {
    Execution.Origin origin =
        new Execution.Origin(RUN, BATCH, ordinal, false, Optional.empty(), Optional.empty(), LONG);
    return Execution.fresh(ExecutionId.of(RUN, name), origin);
  }

  private static JournalEntry entry(String step, String content) {
    return new JournalEntry(step, JournalEntry.Stage.DONE, content);
  }

  private static Execution claimed(Store store, ExecutionId id) {
    return applied(store.executions().claim(new Claim(id, 0, Optional.empty(), NOON, WORKER)));
  }

  private static void gates(Store store) {
    List<Ticket> tickets = IntStream.range(0, WAITING).mapToObj(Everything::ticket).toList();
    store.gates().enqueue(KEY, new Limit(1, 1), "0/" + RUN.value() + "/*/000000", tickets);
    assertThat(store.gates().fill(KEY).granted()).hasSize(1);
    Terms terms = new Terms(3, 10, 1, Optional.of(NOON), 1, false);
    List<Ticket> some = tickets.subList(0, 3);
    store.gates().enqueue(BRAKED, new Limit(2, 1), Optional.of(terms), "0", some);
    store.gates().fill(BRAKED);
  }

  private static Ticket ticket(int number) {
    return new Ticket(ExecutionId.of(RUN, "waits " + number), number % 3);
  }

  /** Those behind the one who holds the slot, in their order. */
  static List<Ticket> waiting() {
    return IntStream.range(1, WAITING).mapToObj(Everything::ticket).toList();
  }

  /** Who gets the slot, one after the other, until nobody waits. */
  static List<Ticket> handedOn(Store store) {
    Grant held = store.gates().find(KEY).orElseThrow().held().get(0);
    List<Ticket> order = new ArrayList<>();
    while (store.gates().handOver(held, false) instanceof HandOver.Next next) {
      held = next.grant();
      order.add(held.holder());
    }
    return order;
  }

  /** All that can be asked, by the question. */
  static Map<String, Object> read(Store store) {
    List<ExecutionId> ids =
        List.of("ready", "running", "ended").stream().map(it -> ExecutionId.of(RUN, it)).toList();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tasks", store.tasks().all());
    all.put("following", store.tasks().following(TASK));
    all.put("due", store.tasks().due(LATER, 10));
    all.put("next due", store.tasks().nextDue());
    all.put("run", store.runs().find(RUN));
    all.put("to watch", store.runs().toWatch(LATER, 10));
    all.put("history of the task", store.runs().history(Optional.of(TASK), 10));
    all.put("history", store.runs().history(Optional.empty(), 10));
    all.put("slices", store.selections().slices(RUN));
    all.put("pages", store.selections().pages(RUN, SCOPE, 0, 10));
    all.put("batches", store.selections().batches(RUN));
    all.put("open", store.selections().anyOpen(RUN));
    all.put("whole groups", store.selections().wholeGroups(RUN));
    all.put("executions", store.executions().find(ids));
    all.put("gate", store.gates().find(KEY));
    all.put("gate with a brake", store.gates().find(BRAKED));
    all.put("budget", store.budgets().find(WINDOW));
    return all;
  }

  /** Ends what is running. */
  static Execution end(Store store) {
    ExecutionId id = ExecutionId.of(RUN, "running");
    Execution running = store.executions().find(List.of(id)).get(0);
    Move.End end = new Move.End(Status.FAILED, "{}", List.of(entry("three", "")));
    return applied(store.executions().advance(id, running.progress().epoch(), end));
  }

  /** Ends the run, as it is. */
  static void close(Store store) {
    Run.Summary summary = Run.Summary.of("given up").endedAt(LATER);
    applied(store.runs().move(RUN, 0, Run.State.SELECTING, Run.State.FAILED, summary));
  }

  private static <T> T applied(Write<T> write) {
    assertThat(write).isInstanceOf(Write.Applied.class);
    return ((Write.Applied<T>) write).now();
  }
}
