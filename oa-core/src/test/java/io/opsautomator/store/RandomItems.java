package io.opsautomator.store;

import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Scope;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.Ids;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Items with every field at random, awkward texts included. */
final class RandomItems {
  private static final List<String> TEXTS =
      List.of(
          "", "plain", "with \"quotes\" and \\", "line\nbreak\ttab\u0000", "ä€😀\u2028", "null");

  private final Random random;

  RandomItems(long seed) {
    random = new Random(seed);
  }

  Run run() {
    return new Run(
        runId(), task(), cause(), pick(Run.State.values()), instant(), summary(), drive());
  }

  private Run.Cause cause() {
    return new Run.Cause(random.nextLong(), text(), trigger(), instant(), missed());
  }

  private Run.Missed missed() {
    return new Run.Missed(random.nextInt(), maybe(this::instant), maybe(this::instant));
  }

  private Run.Summary summary() {
    return new Run.Summary(
        maybe(this::instant),
        maybe(() -> new Run.Extent(random.nextInt(), random.nextInt())),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        text(),
        random.nextBoolean());
  }

  private Run.Drive drive() {
    return new Run.Drive(random.nextInt(), Set.copyOf(some(this::executionId)));
  }

  private Trigger trigger() {
    return switch (random.nextInt(4)) {
      case 3 -> new Trigger.Chained(runId(), random.nextInt(), Map.of(text(), text()));
      case 0 -> new Trigger.Firing(instant());
      case 1 -> new Trigger.Event(text());
      default ->
          new Trigger.Manual(
              text(), text(), maybe(() -> new Trigger.Changes(text(), random.nextBoolean())));
    };
  }

  StoredTask storedTask() {
    return new StoredTask(
        task(), random.nextLong(), text(), pick(StoredTask.State.values()), text(), clock());
  }

  private StoredTask.Clock clock() {
    return new StoredTask.Clock(
        maybe(this::instant),
        maybe(this::instant),
        maybe(this::runId),
        some(this::runId),
        maybe(
            () ->
                new StoredTask.Told(
                    maybe(this::instant),
                    maybe(this::instant),
                    maybe(this::instant),
                    random.nextBoolean())));
  }

  Execution execution() {
    return new Execution(
        executionId(),
        origin(),
        pick(Execution.Status.values()),
        progress(),
        maybe(this::lease),
        some(this::grant),
        some(this::journalEntry));
  }

  private Execution.Origin origin() {
    return new Execution.Origin(
        runId(),
        batchId(),
        random.nextInt(100),
        random.nextBoolean(),
        maybe(this::gateKey),
        maybe(this::gateKey),
        text());
  }

  private Execution.Progress progress() {
    return new Execution.Progress(
        random.nextLong(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        maybe(this::instant),
        maybe(() -> new Execution.Wait(text(), instant(), instant(), instant())),
        maybe(this::text),
        maybe(() -> new Execution.Cancel(text(), random.nextBoolean())));
  }

  Slice slice() {
    return new Slice(scope(), random.nextLong(), maybe(this::lease), maybe(this::end));
  }

  private Slice.End end() {
    return new Slice.End(
        random.nextBoolean(),
        random.nextInt(),
        text(),
        maybe(() -> new Slice.Counted(random.nextInt(), random.nextInt(), some(this::omission))));
  }

  private Omission omission() {
    return new Omission(pick(Exclusion.Kind.values()), text(), random.nextInt());
  }

  Page page() {
    return new Page(
        scope(),
        random.nextInt(),
        some(() -> new Page.Item(text(), text())),
        random.nextInt(),
        maybe(this::text),
        some(this::omission),
        random.nextBoolean());
  }

  Batch batch() {
    return new Batch(
        batchId(),
        some(this::executionId),
        random.nextBoolean(),
        random.nextInt(),
        ordinals(),
        ordinals(),
        ordinals());
  }

  Gate gate() {
    return new Gate(
        gateKey(),
        1 + random.nextInt(100),
        random.nextLong(),
        some(this::grant),
        random.nextLong(),
        random.nextBoolean(),
        maybe(() -> new Brake(random.nextInt(), terms())));
  }

  private Terms terms() {
    return new Terms(
        random.nextInt(100),
        random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1000),
        random.nextInt(100),
        maybe(this::instant),
        random.nextInt(100),
        random.nextBoolean());
  }

  Budget budget() {
    Map<RunId, Integer> reserved = new HashMap<>();
    some(this::runId).forEach(run -> reserved.put(run, random.nextInt(1000)));
    return new Budget(text(), reserved);
  }

  Grant grant() {
    return new Grant(gateKey(), random.nextInt(), ticket(), random.nextLong());
  }

  Ticket ticket() {
    return new Ticket(executionId(), random.nextInt());
  }

  JournalEntry journalEntry() {
    return new JournalEntry(text(), pick(JournalEntry.Stage.values()), text());
  }

  private Lease lease() {
    return new Lease(text(), random.nextLong(), instant());
  }

  private BatchId batchId() {
    return new BatchId(text(), random.nextInt());
  }

  private GateKey gateKey() {
    return new GateKey(text());
  }

  private RunId runId() {
    return new RunId(Ids.derive("run", Long.toString(random.nextLong())));
  }

  private ExecutionId executionId() {
    return ExecutionId.of(runId(), text());
  }

  private static TaskName taskName(int number) {
    return new TaskName("task " + number + "._-");
  }

  private TaskName task() {
    return taskName(random.nextInt(1000));
  }

  private Scope scope() {
    return Scope.of("%012d".formatted(random.nextInt(Integer.MAX_VALUE)), "us-gov-west-1");
  }

  private Set<Integer> ordinals() {
    return IntStream.range(0, random.nextInt(20))
        .mapToObj(i -> random.nextInt(100))
        .collect(Collectors.toSet());
  }

  private Instant instant() {
    return switch (random.nextInt(5)) {
      case 0 -> Instant.EPOCH;
      case 1 -> Instant.ofEpochSecond(random.nextLong() >> 24);
      default -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> value) {
    List<T> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value.get());
    }
    return values;
  }
}
