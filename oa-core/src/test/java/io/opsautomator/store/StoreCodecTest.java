package io.opsautomator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Scope;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreCodecTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId RUN = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaa2");
  private static final ExecutionId EXECUTION = new ExecutionId("bbbbbbbbbbbbbbbbbbbbbbbbb3");
  private static final GateKey GATE = new GateKey("ec2/111122223333");
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");
  private static final Ticket TICKET = new Ticket(EXECUTION, 2);
  private static final Grant GRANT = new Grant(GATE, 1, TICKET, 17);
  private static final Grant RUN_GRANT =
      new Grant(GateKey.ofRun(RUN, 1), 0, new Ticket(EXECUTION, 1), 3);
  private static final GateKey PAIR = GateKey.ofPair(RUN, SCOPE);
  private static final Grant PAIR_GRANT = new Grant(PAIR, 1, new Ticket(EXECUTION, 2), 5);
  private static final RunId OTHER_RUN = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaa1");
  private static final ExecutionId OTHER = new ExecutionId("bbbbbbbbbbbbbbbbbbbbbbbbb1");
  private static final Optional<Run.Extent> EXTENT = Optional.of(new Run.Extent(40, 6));
  private static final Terms TERMS = new Terms(3, 20, 1, Optional.of(NOON), 2, true);
  private static final Lease LEASE = new Lease("worker-1", 3, NOON.plusSeconds(300));
  private static final JournalEntry DONE =
      new JournalEntry("stop", JournalEntry.Stage.DONE, "\"stopping\"");

  private static final Omission OMISSION =
      new Omission(Exclusion.Kind.TAG_FILTER, "lacks the tag backup", 2);

  private final StoreCodec codec = new StoreCodec();

  static List<Function<RandomItems, Record>> kinds() {
    return List.of(
        RandomItems::run,
        RandomItems::storedTask,
        RandomItems::execution,
        RandomItems::slice,
        RandomItems::page,
        RandomItems::batch,
        RandomItems::gate,
        RandomItems::budget,
        RandomItems::grant,
        RandomItems::ticket,
        RandomItems::journalEntry);
  }

  /** One of each, by the name of the file that holds it in the present form. */
  static List<Map.Entry<String, Record>> written() {
    return List.of(
        Map.entry("run", run(EXTENT, new Run.Drive(2, Set.of(OTHER, EXECUTION)))),
        Map.entry("stored-task", storedTask()),
        Map.entry("execution", execution(true, 1, List.of(RUN_GRANT, GRANT))),
        Map.entry(
            "execution-in-pair",
            execution(true, Optional.of(PAIR), 1, List.of(RUN_GRANT, PAIR_GRANT, GRANT))),
        Map.entry("execution-free", free()),
        Map.entry("slice", new Slice(SCOPE, 3, Optional.of(LEASE), Optional.empty())),
        Map.entry(
            "slice-failed",
            new Slice(SCOPE, 3, Optional.empty(), Optional.of(Slice.End.failed(2, "denied")))),
        Map.entry(
            "page",
            new Page(SCOPE, 4, List.of(new Page.Item("i-1", "{}")), 7, Optional.of("token"))),
        Map.entry(
            "page-explained",
            new Page(SCOPE, 5, List.of(), 2, Optional.empty(), List.of(OMISSION), false)),
        Map.entry(
            "slice-sealed",
            new Slice(
                SCOPE,
                4,
                Optional.empty(),
                Optional.of(Slice.End.sealed(6, new Slice.Counted(9, 7, List.of(OMISSION)))))),
        Map.entry(
            "batch",
            new Batch(
                new BatchId("*", 0),
                List.of(EXECUTION),
                true,
                1,
                Set.of(3, 1, 2),
                Set.of(0),
                Set.of(11, 4))),
        Map.entry("gate", gate(Optional.of(new Brake(2, TERMS)))),
        Map.entry("budget", new Budget("2026-11-21T00:00:00Z/PT24H", Map.of(RUN, 7, OTHER_RUN, 8))),
        Map.entry("grant", GRANT),
        Map.entry("ticket", TICKET),
        Map.entry("journal-entry", DONE));
  }

  /** One of each kind whose form has changed, by the name of the file that version 1 wrote. */
  static List<Map.Entry<String, Record>> writtenByVersion1() {
    return List.of(
        Map.entry("run", run(Optional.empty(), Run.Drive.FIRST)),
        Map.entry("stored-task", storedTask()),
        Map.entry("execution", execution(false, 0, List.of(GRANT))),
        Map.entry("slice", new Slice(SCOPE, 3, Optional.of(LEASE), Optional.empty())),
        Map.entry(
            "batch",
            new Batch(
                new BatchId("*", 0),
                List.of(EXECUTION),
                true,
                0,
                Set.of(3, 1, 2),
                Set.of(0),
                Set.of())),
        Map.entry("gate", gate(Optional.empty())),
        Map.entry("grant", GRANT));
  }

  private static Run run(Optional<Run.Extent> extent, Run.Drive drive) {
    Run.Missed missed = new Run.Missed(2, Optional.of(NOON.minusSeconds(7200)), Optional.of(NOON));
    Run.Cause cause = new Run.Cause(4, "{\"name\":\"x\"}", new Trigger.Firing(NOON), NOON, missed);
    Run.Summary summary = new Run.Summary(Optional.of(NOON.plusMillis(1)), extent, 3, 2, 1, "late");
    return new Run(RUN, new TaskName("nightly"), cause, Run.State.PARTIAL, NOON, summary, drive);
  }

  private static Gate gate(Optional<Brake> brake) {
    return new Gate(GATE, 2, 5, List.of(GRANT), 17, true, brake);
  }

  private static StoredTask storedTask() {
    StoredTask.Clock clock =
        new StoredTask.Clock(Optional.of(NOON), Optional.of(NOON), Optional.of(RUN), List.of(RUN));
    return new StoredTask(new TaskName("nightly"), 4, "inc", StoredTask.State.ENABLED, "{}", clock);
  }

  private static Execution free() {
    Execution.Origin origin =
        new Execution.Origin(
            RUN, new BatchId("*", 0), 1, false, Optional.empty(), Optional.empty(), "{}");
    return Execution.fresh(EXECUTION, origin);
  }

  private static Execution execution(boolean runGated, int drive, List<Grant> grants) {
    return execution(runGated, Optional.empty(), drive, grants);
  }

  private static Execution execution(
      boolean runGated, Optional<GateKey> pair, int drive, List<Grant> grants) {
    Execution.Origin origin =
        new Execution.Origin(
            RUN, new BatchId(SCOPE.key(), 1), 9, runGated, pair, Optional.of(GATE), "{\"u\":1}");
    Execution.Progress progress =
        new Execution.Progress(
            3,
            2,
            1,
            drive,
            Optional.of(NOON),
            Optional.of(new Execution.Wait("gone", NOON, NOON, NOON)),
            Optional.of("{}"),
            Optional.of(new Execution.Cancel("stop", true)));
    return new Execution(
        EXECUTION,
        origin,
        Execution.Status.RUNNING,
        progress,
        Optional.of(LEASE),
        grants,
        List.of(DONE));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsWrittenIsReadBack(Function<RandomItems, Record> kind) {
    RandomItems random = new RandomItems(20260301);
    for (int i = 0; i < 500; i++) {
      Record item = kind.apply(random);
      String text = codec.write(item);
      assertThat(text).startsWith("{\"v\":2,").doesNotContain("\n");
      assertThat(codec.read(item.getClass(), text)).isEqualTo(item);
    }
  }

  @ParameterizedTest
  @MethodSource("written")
  void whatThisFormLooksLikeIsSettled(Map.Entry<String, Record> file) {
    String text = resource("v2/" + file.getKey() + ".json");
    assertThat(codec.write(file.getValue())).isEqualTo(text);
    assertThat(codec.read(file.getValue().getClass(), text)).isEqualTo(file.getValue());
  }

  @ParameterizedTest
  @MethodSource("writtenByVersion1")
  void whatVersion1WroteIsRead(Map.Entry<String, Record> file) {
    String text = resource("v1/" + file.getKey() + ".json");
    assertThat(codec.read(file.getValue().getClass(), text)).isEqualTo(file.getValue());
  }

  @Test
  void aGrantThatVersion1HadGivenUpIsNone() {
    String waiting = resource("v1/execution.json").replace("RUNNING", "WAITING");
    assertThat(codec.read(Execution.class, waiting).grants()).isEmpty();
    String ended = resource("v1/execution.json").replace("RUNNING", "FAILED");
    assertThat(codec.read(Execution.class, ended).grants()).containsExactly(GRANT);
  }

  @ParameterizedTest
  @MethodSource("written")
  void fieldsNobodyKnowsAreSkipped(Map.Entry<String, Record> file) {
    String text = resource("v2/" + file.getKey() + ".json");
    String later = text.replace("{\"v\":2,", "{\"v\":2,\"later\":{\"x\":[1,null]},");
    assertThat(codec.read(file.getValue().getClass(), later)).isEqualTo(file.getValue());
  }

  @Test
  void fieldsThatAreMissingAreEmpty() {
    String text = "{\"v\":1,\"id\":{\"group\":\"*\",\"number\":2}}";
    assertThat(codec.read(Batch.class, text))
        .isEqualTo(Batch.fresh(new BatchId("*", 2), List.of(), false));
  }

  @Test
  void theVersionMayStandAnywhere() {
    String text = "{\"number\":2,\"execution\":\"" + EXECUTION.value() + "\",\"v\":1}";
    assertThat(codec.read(Ticket.class, text)).isEqualTo(TICKET);
  }

  @Test
  void aLaterVersionIsRefusedNotMisread() {
    assertThatThrownBy(() -> codec.read(Ticket.class, "{\"v\":3,\"number\":1}"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "stored Ticket has version 3; this program knows versions up to 2: use a newer one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "17",
        "[]",
        "{}",
        "{\"v\":1,",
        "{\"v\":1,\"execution\":[1]}",
        "{\"v\":1,\"number\":\"two\"}",
        "{\"v\":0,\"number\":1}"
      })
  void whatIsNoItemIsRefused(String text) {
    assertThatThrownBy(() -> codec.read(Ticket.class, text)).isInstanceOf(StoreException.class);
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    String text = resource("v1/stored-task.json").replace("nightly", "/");
    assertThatThrownBy(() -> codec.read(StoredTask.class, text))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a task name: '/'");
  }

  @Test
  void onlyItemsAreWritten() {
    assertThatThrownBy(() -> codec.write(RUN)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String resource(String name) {
    try (InputStream in = StoreCodecTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
