package io.opsautomator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  private static final Lease LEASE = new Lease("worker-1", 3, NOON.plusSeconds(300));
  private static final JournalEntry DONE =
      new JournalEntry("stop", JournalEntry.Stage.DONE, "\"stopping\"");

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
        RandomItems::grant,
        RandomItems::ticket,
        RandomItems::journalEntry);
  }

  /** One of each, by the name of the file that an earlier program wrote. */
  static List<Map.Entry<String, Record>> written() {
    return List.of(
        Map.entry("run", run()),
        Map.entry("stored-task", storedTask()),
        Map.entry("execution", execution()),
        Map.entry("slice", new Slice(SCOPE, 3, Optional.of(LEASE), Optional.empty())),
        Map.entry(
            "slice-failed",
            new Slice(SCOPE, 3, Optional.empty(), Optional.of(Slice.End.failed(2, "denied")))),
        Map.entry(
            "page",
            new Page(SCOPE, 4, List.of(new Page.Item("i-1", "{}")), 7, Optional.of("token"))),
        Map.entry(
            "batch",
            new Batch(new BatchId("*", 0), List.of(EXECUTION), true, Set.of(3, 1, 2), Set.of(0))),
        Map.entry("gate", new Gate(GATE, 2, 5, List.of(GRANT), 17, true)),
        Map.entry("grant", GRANT),
        Map.entry("ticket", TICKET),
        Map.entry("journal-entry", DONE));
  }

  private static Run run() {
    Run.Missed missed = new Run.Missed(2, Optional.of(NOON.minusSeconds(7200)), Optional.of(NOON));
    Run.Cause cause = new Run.Cause(4, "{\"name\":\"x\"}", new Trigger.Firing(NOON), NOON, missed);
    Run.Summary summary = new Run.Summary(Optional.of(NOON.plusMillis(1)), 3, 2, 1, "late");
    return new Run(RUN, new TaskName("nightly"), cause, Run.State.PARTIAL, NOON, summary);
  }

  private static StoredTask storedTask() {
    StoredTask.Clock clock =
        new StoredTask.Clock(Optional.of(NOON), Optional.of(NOON), Optional.of(RUN), List.of(RUN));
    return new StoredTask(new TaskName("nightly"), 4, "inc", StoredTask.State.ENABLED, "{}", clock);
  }

  private static Execution execution() {
    Execution.Origin origin =
        new Execution.Origin(RUN, new BatchId(SCOPE.key(), 1), 9, Optional.of(GATE), "{\"u\":1}");
    Execution.Progress progress =
        new Execution.Progress(
            3,
            2,
            1,
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
        Optional.of(GRANT),
        List.of(DONE));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsWrittenIsReadBack(Function<RandomItems, Record> kind) {
    RandomItems random = new RandomItems(20260301);
    for (int i = 0; i < 500; i++) {
      Record item = kind.apply(random);
      String text = codec.write(item);
      assertThat(text).startsWith("{\"v\":1,").doesNotContain("\n");
      assertThat(codec.read(item.getClass(), text)).isEqualTo(item);
    }
  }

  @ParameterizedTest
  @MethodSource("written")
  void whatAnEarlierProgramWroteIsReadAndWrittenTheSame(Map.Entry<String, Record> file) {
    String text = resource("v1/" + file.getKey() + ".json");
    assertThat(codec.read(file.getValue().getClass(), text)).isEqualTo(file.getValue());
    assertThat(codec.write(file.getValue())).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("written")
  void fieldsNobodyKnowsAreSkipped(Map.Entry<String, Record> file) {
    String text = resource("v1/" + file.getKey() + ".json");
    String later = text.replace("{\"v\":1,", "{\"v\":1,\"later\":{\"x\":[1,null]},");
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
    assertThatThrownBy(() -> codec.read(Ticket.class, "{\"v\":2,\"number\":1}"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "stored Ticket has version 2; this program knows versions up to 1: use a newer one");
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
