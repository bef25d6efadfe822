package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Cancel;
import io.opsautomator.store.Execution.Origin;
import io.opsautomator.store.Execution.Progress;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Execution.Wait;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Lease;
import io.opsautomator.store.StoreCodec;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Executions as items. What a claim looks at and changes are attributes, so that it can be one
 * write without knowing the item; names are short, since a write is charged by the whole of it.
 */
final class ExecutionItems {
  static final String STATUS = "st";
  static final String EPOCH = "ep";
  static final String TICKET = "tk";
  static final String ATTEMPTS = "an";
  static final String STARTED = "sa";
  static final String LEASE_WORKER = "lw";
  static final String LEASE_EPOCH = "le";
  static final String LEASE_UNTIL = "lu";
  static final String GRANTS = "gr";

  /** The gate whose slot it needs next, and how many gates are left, that one included. */
  static final String NEXT_GATE = "ng";

  static final String GATES_LEFT = "gl";

  private static final String DRIVE = "dr";
  private static final String WAIT = "wa";
  private static final String OUTCOME = "oc";
  private static final String CANCEL = "ca";
  private static final String JOURNAL = "jo";
  private static final String ID = "id";
  private static final String RUN = "ru";
  private static final String GROUP = "bg";
  private static final String BATCH = "bn";
  private static final String ORDINAL = "or";
  private static final String RUN_GATED = "rg";
  private static final String PAIR_GATE = "pg";
  private static final String KEY_GATE = "kg";
  private static final String PAYLOAD = "pl";
  private static final StoreCodec JSON = new StoreCodec();

  private final Texts texts;

  ExecutionItems(Texts texts) {
    this.texts = texts;
  }

  Map<String, AttributeValue> write(Execution execution, long version, String writer) {
    Item item =
        Forms.item(Key.execution(execution.id()), version, writer)
            .put(STATUS, execution.status().name())
            .put(ID, execution.id().value());
    origin(item, execution.origin());
    progress(item, execution.progress(), Texts.owner(execution.origin().run()));
    execution.lease().ifPresent(lease -> lease(item, lease));
    grants(item, execution);
    if (!execution.journal().isEmpty()) {
      String lines =
          execution.journal().stream().map(JSON::write).collect(Collectors.joining("\n"));
      item.put(JOURNAL, texts.pack(Texts.owner(execution.origin().run()), lines));
    }
    return texts.fitting(item.attributes());
  }

  private void origin(Item item, Origin origin) {
    item.put(RUN, origin.run().value())
        .put(GROUP, origin.batch().group())
        .put(BATCH, origin.batch().number())
        .put(ORDINAL, origin.ordinal())
        .flagged(RUN_GATED, origin.runGated())
        .put(PAIR_GATE, origin.pair().map(GateKey::value))
        .put(KEY_GATE, origin.gate().map(GateKey::value))
        .put(PAYLOAD, texts.pack(Texts.owner(origin.run()), origin.payload()));
  }

  private void progress(Item item, Progress progress, String owner) {
    item.put(EPOCH, progress.epoch())
        .put(TICKET, progress.ticket())
        .put(ATTEMPTS, progress.attempts())
        .unlessZero(DRIVE, progress.drive())
        .put(STARTED, progress.startedAt().map(Instant::toString));
    progress.waiting().ifPresent(wait -> item.put(WAIT, wait(wait)));
    progress.outcome().ifPresent(outcome -> item.put(OUTCOME, texts.pack(owner, outcome)));
    progress.cancel().ifPresent(cancel -> item.put(CANCEL, cancel(cancel)));
  }

  private static AttributeValue wait(Wait wait) {
    return new Item()
        .put("n", wait.name())
        .put("s", wait.since().toString())
        .put("u", wait.until().toString())
        .put("c", wait.checkBy().toString())
        .asValue();
  }

  private static AttributeValue cancel(Cancel cancel) {
    return new Item().put("w", cancel.why()).flagged("u", cancel.undo()).asValue();
  }

  private static void lease(Item item, Lease lease) {
    item.put(LEASE_WORKER, lease.worker())
        .put(LEASE_EPOCH, lease.epoch())
        .put(LEASE_UNTIL, lease.until().toString());
  }

  private static void grants(Item item, Execution execution) {
    if (!execution.grants().isEmpty()) {
      item.put(GRANTS, Item.list(execution.grants().stream().map(ExecutionItems::grant).toList()));
    }
    execution
        .nextGate()
        .ifPresent(
            gate ->
                item.put(NEXT_GATE, gate.value())
                    .put(GATES_LEFT, execution.gates().size() - execution.grants().size()));
  }

  static AttributeValue grant(Grant grant) {
    return new Item()
        .put("g", grant.gate().value())
        .put("s", grant.slot())
        .put("t", Tickets.value(grant.holder()))
        .put("n", grant.serial())
        .asValue();
  }

  Stored<Execution> read(Row row) {
    Forms.require(row);
    Execution execution =
        new Execution(
            new ExecutionId(row.text(ID)),
            origin(row),
            Forms.constant(Status.class, row, STATUS),
            progress(row),
            lease(row),
            row.list(GRANTS).stream().map(it -> readGrant(new Row(it.m()))).toList(),
            journal(row));
    return new Stored<>(execution, row.number(Shape.VERSION), row.text(Shape.WRITER));
  }

  private Origin origin(Row row) {
    return new Origin(
        new RunId(row.text(RUN)),
        new BatchId(row.text(GROUP), row.count(BATCH)),
        row.count(ORDINAL),
        row.flag(RUN_GATED),
        row.maybeText(PAIR_GATE).map(GateKey::new),
        row.maybeText(KEY_GATE).map(GateKey::new),
        texts.unpack(row.value(PAYLOAD)));
  }

  private Progress progress(Row row) {
    return new Progress(
        row.number(EPOCH),
        row.count(TICKET),
        row.count(ATTEMPTS),
        row.countOrZero(DRIVE),
        row.maybeText(STARTED).map(Instant::parse),
        row.part(WAIT).map(ExecutionItems::readWait),
        row.has(OUTCOME) ? Optional.of(texts.unpack(row.value(OUTCOME))) : Optional.empty(),
        row.part(CANCEL).map(it -> new Cancel(it.text("w"), it.flag("u"))));
  }

  private static Wait readWait(Row wait) {
    return new Wait(
        wait.text("n"),
        Instant.parse(wait.text("s")),
        Instant.parse(wait.text("u")),
        Instant.parse(wait.text("c")));
  }

  private static Optional<Lease> lease(Row row) {
    return row.maybeText(LEASE_WORKER)
        .map(
            worker ->
                new Lease(worker, row.number(LEASE_EPOCH), Instant.parse(row.text(LEASE_UNTIL))));
  }

  private static Grant readGrant(Row grant) {
    Ticket holder = Tickets.read(grant.value("t"));
    return new Grant(new GateKey(grant.text("g")), grant.count("s"), holder, grant.number("n"));
  }

  private List<JournalEntry> journal(Row row) {
    return row.has(JOURNAL)
        ? texts
            .unpack(row.value(JOURNAL))
            .lines()
            .map(line -> JSON.read(JournalEntry.class, line))
            .toList()
        : List.of();
  }
}
