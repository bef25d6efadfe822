package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Answer;
import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.ExecutionRules;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Executions, each an item with a partition of its own. A claim is one write that looks at nothing
 * first; its answer is the image that all that follows is written over, so an execution is not read
 * between its claim and its end.
 */
final class DynamoExecutions implements Executions {
  private static final int REMEMBERED = 20_000;

  private final Table table;
  private final Tokens tokens;
  private final ExecutionItems items;
  private final Optimistic<ExecutionId, Execution> writes;

  DynamoExecutions(Table table, Tokens tokens, Texts texts) {
    this.table = table;
    this.tokens = tokens;
    this.items = new ExecutionItems(texts);
    this.writes = new Optimistic<>(table, tokens, new Images<>(REMEMBERED), new Form());
  }

  private final class Form implements Optimistic.Form<ExecutionId, Execution> {
    @Override
    public Key at(ExecutionId id) {
      return Key.execution(id);
    }

    @Override
    public Map<String, AttributeValue> write(Execution item, long version, String writer) {
      return items.write(item, version, writer);
    }

    @Override
    public Stored<Execution> read(Row row) {
      return items.read(row);
    }
  }

  @Override
  public List<Write<Execution>> create(List<Execution> fresh) {
    if (fresh.isEmpty()) {
      return List.of();
    }
    String token = tokens.next();
    List<Boolean> made =
        table.insert(fresh.stream().map(each -> items.write(each, 1, token)).toList());
    Map<ExecutionId, Stored<Execution>> there = new HashMap<>();
    if (made.contains(false)) {
      List<ExecutionId> known = new ArrayList<>();
      for (int i = 0; i < fresh.size(); i++) {
        if (!made.get(i)) {
          known.add(fresh.get(i).id());
        }
      }
      there.putAll(stored(known));
    }
    List<Write<Execution>> writes = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      writes.add(created(fresh.get(i), made.get(i), there, token));
    }
    return writes;
  }

  /** What is there since an attempt of our own came through counts as made. */
  private static Write<Execution> created(
      Execution fresh, boolean made, Map<ExecutionId, Stored<Execution>> there, String token) {
    Stored<Execution> stored = there.get(fresh.id());
    if (made || stored == null || stored.writer().equals(token)) {
      return new Write.Applied<>(fresh);
    }
    return new Write.Refused<>(stored.item());
  }

  @Override
  public Write<Execution> claim(Claim claim) {
    String token = tokens.next();
    Answer answer = table.update(Key.execution(claim.id()), start(claim, token));
    if (answer.absent()) {
      return new Write.Absent<>();
    }
    Stored<Execution> image = items.read(answer.row());
    writes.seen(claim.id(), Optional.of(image));
    return answer.made() || image.writer().equals(token)
        ? new Write.Applied<>(image.item())
        : writes.write(
            claim.id(), Optional.of(image), stored -> ExecutionRules.claim(stored, claim));
  }

  /** As {@link ExecutionRules#claim} has it for what has not begun and has no further gate. */
  private static Expression start(Claim claim, String token) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":one", Item.number(1));
    values.put(":running", Item.text(Status.RUNNING.name()));
    values.put(":now", Item.text(claim.now().toString()));
    values.put(":worker", Item.text(claim.claimant().worker()));
    values.put(":until", Item.text(claim.claimant().until().toString()));
    values.put(":w", Item.text(token));
    Optional<Grant> grant = claim.by().filter(it -> it.holder().execution().equals(claim.id()));
    StringBuilder update =
        new StringBuilder(
            "SET st = :running, ep = ep + :one, an = an + :one, sa = if_not_exists(sa, :now),"
                + " lw = :worker, le = ep + :one, lu = :until, v = v + :one, w = :w");
    String condition;
    if (grant.isPresent()) {
      Grant by = grant.get();
      values.put(":waiting", Item.text(Status.WAITING.name()));
      values.put(":ticket", Item.number(by.holder().number()));
      values.put(":gate", Item.text(by.gate().value()));
      values.put(":none", Item.list(List.of()));
      values.put(":grant", Item.list(List.of(ExecutionItems.grant(by))));
      update.append(", gr = list_append(if_not_exists(gr, :none), :grant) REMOVE ng, gl");
      condition = "st = :waiting AND tk = :ticket AND ng = :gate AND gl = :one";
    } else {
      values.put(":ready", Item.text(Status.READY.name()));
      values.put(":ticket", Item.number(claim.ticket()));
      update.append(" REMOVE gr");
      condition = "st = :ready AND tk = :ticket";
    }
    return new Expression(update.toString(), condition, Map.of(), values);
  }

  @Override
  public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
    Write<Execution> write = write(id, stored -> ExecutionRules.advance(stored, epoch, move));
    if (move instanceof Move.End) {
      writes.images().forget(id);
    }
    return write;
  }

  @Override
  public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
    return write(id, stored -> ExecutionRules.cancel(stored, cancel, force));
  }

  @Override
  public Write<Execution> drop(ExecutionId id, String why) {
    return write(id, stored -> ExecutionRules.drop(stored, why));
  }

  @Override
  public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
    return write(id, stored -> ExecutionRules.redrive(stored, drive, uncertainToo));
  }

  private Write<Execution> write(ExecutionId id, Function<Execution, Write<Execution>> rule) {
    return writes.write(id, rule);
  }

  @Override
  public List<Execution> find(Collection<ExecutionId> ids) {
    Map<ExecutionId, Stored<Execution>> found = stored(ids);
    return ids.stream()
        .map(id -> Optional.ofNullable(found.get(id)))
        .flatMap(Optional::stream)
        .map(Stored::item)
        .toList();
  }

  private Map<ExecutionId, Stored<Execution>> stored(Collection<ExecutionId> ids) {
    Map<ExecutionId, Stored<Execution>> found = new HashMap<>();
    for (Row row : table.find(ids.stream().map(Key::execution).toList())) {
      Stored<Execution> image = items.read(row);
      found.put(image.item().id(), image);
    }
    return found;
  }
}
