package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.BatchId;
import io.opsautomator.store.Brake;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Executions and gates with every field at random, awkward texts included. */
final class RandomForms {
  private static final List<String> TEXTS =
      List.of(
          "", "plain", "with \"quotes\" and \\", "a\nb\tc\u0000", "\u00e4\u20ac\ud83d\ude00", "# ");
  private static final RunId RUN = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaaa");

  private final Random random;

  RandomForms(long seed) {
    random = new Random(seed);
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  String text() {
    return TEXTS.get(number(TEXTS.size()));
  }

  /** Of four-digit years, since keys have no others. */
  Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), number(3) == 0 ? 0 : number(1_000_000_000));
  }

  Execution execution() {
    return new Execution(
        executionId(),
        origin(),
        pick(Execution.Status.values()),
        progress(),
        maybe(() -> new Lease(text(), random.nextLong(), instant())),
        some(() -> new Grant(gateKey(), random.nextInt(), ticket(), random.nextLong())),
        some(this::journalEntry));
  }

  private Execution.Origin origin() {
    return new Execution.Origin(
        RUN,
        new BatchId(text(), number(1000)),
        number(100),
        random.nextBoolean(),
        maybe(this::gateKey),
        maybe(this::gateKey),
        text().repeat(number(100)));
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

  private JournalEntry journalEntry() {
    JournalEntry.Stage stage = pick(JournalEntry.Stage.values());
    return new JournalEntry(text(), stage, text().repeat(number(50)));
  }

  Ticket ticket() {
    return new Ticket(executionId(), number(4) == 0 ? random.nextInt() : number(300));
  }

  /** Either derived, as all are, or as somebody may have named it. */
  private ExecutionId executionId() {
    return random.nextBoolean()
        ? ExecutionId.of(RUN, Long.toString(random.nextLong()))
        : new ExecutionId("x" + text());
  }

  private GateKey gateKey() {
    return new GateKey("gate " + text());
  }

  GateImage gate() {
    GateImage full = full(number(20), number(40));
    Gate gate = full.gate();
    Optional<Brake> brake = maybe(() -> new Brake(number(50), terms()));
    Gate braked =
        new Gate(
            gate.key(),
            gate.limit(),
            random.nextLong(),
            gate.held(),
            random.nextLong(),
            gate.waiting(),
            brake);
    return new GateImage(braked, full.window(), full.more(), full.writers());
  }

  /** As full as this, with so many in its window. */
  GateImage full(int held, int waiting) {
    GateKey key = gateKey();
    List<Grant> grants = new ArrayList<>();
    Map<Integer, String> writers = new TreeMap<>();
    for (int slot = 0; slot < held; slot++) {
      grants.add(
          new Grant(key, slot, new Ticket(ExecutionId.of(RUN, "" + slot), 1), 1_000_000 + slot));
      writers.put(slot, "01234567zzzz");
    }
    List<Waiting> window = window(waiting);
    boolean more = !window.isEmpty() && random.nextBoolean();
    Gate gate =
        new Gate(key, Math.max(1, held), 7, grants, 2_000_000, !window.isEmpty(), Optional.empty());
    return new GateImage(gate, window, more, writers);
  }

  private List<Waiting> window(int waiting) {
    TreeSet<Waiting> window = new TreeSet<>(Waiting.AGE);
    while (window.size() < waiting) {
      String order = "%03d/a b/*".formatted(number(3));
      window.add(new Waiting(order, number(100), ticket()));
    }
    return List.copyOf(window);
  }

  private Terms terms() {
    return new Terms(
        number(100),
        random.nextBoolean() ? Long.MAX_VALUE : number(1000),
        number(100),
        maybe(this::instant),
        number(100),
        random.nextBoolean());
  }

  private <T> T pick(T[] values) {
    return values[number(values.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> value) {
    List<T> values = new ArrayList<>();
    for (int i = number(4); i > 0; i--) {
      values.add(value.get());
    }
    return values;
  }
}
