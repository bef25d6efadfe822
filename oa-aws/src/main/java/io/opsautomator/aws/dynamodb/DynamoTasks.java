package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.RunRules;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tasks, each an item with a partition of its own. Two kinds of signs beside them are never removed
 * and prove nothing; they say where to look: which names there are, and who follows whom. A sign is
 * put before what it points to.
 */
final class DynamoTasks implements Tasks {
  private static final int REMEMBERED = 5_000;
  private static final int AT_A_TIME = 100;

  private final Table table;
  private final DueIndex due;
  private final Optimistic<TaskName, StoredTask> writes;

  DynamoTasks(Table table, Tokens tokens, Bodies bodies) {
    this.table = table;
    this.due = new DueIndex(table, TaskForm::due);
    this.writes = new Optimistic<>(table, tokens, new Images<>(REMEMBERED), new TaskForm(bodies));
  }

  Optimistic<TaskName, StoredTask> writes() {
    return writes;
  }

  @Override
  public Optional<StoredTask> find(TaskName name) {
    return writes.find(name).map(Stored::item);
  }

  @Override
  public List<StoredTask> all() {
    List<StoredTask> found = new ArrayList<>();
    for (int shard = 0; shard < Key.SHARDS; shard++) {
      Iterator<Row> names = table.query(Key.names(shard)).rows();
      while (names.hasNext()) {
        found.addAll(present(some(names, AT_A_TIME)));
      }
    }
    return byName(found);
  }

  @Override
  public List<StoredTask> following(TaskName task) {
    Iterator<Row> names = table.query(Key.followers(task)).rows();
    List<StoredTask> found = new ArrayList<>();
    while (names.hasNext()) {
      found.addAll(present(some(names, AT_A_TIME)));
    }
    return byName(found.stream().filter(each -> each.follows().contains(task)).toList());
  }

  private static List<TaskName> some(Iterator<Row> signs, int most) {
    List<TaskName> names = new ArrayList<>();
    while (names.size() < most && signs.hasNext()) {
      names.add(new TaskName(signs.next().key().sk()));
    }
    return names;
  }

  private List<StoredTask> present(List<TaskName> names) {
    return stored(names).stream().filter(task -> task.state() != StoredTask.State.DELETED).toList();
  }

  private static List<StoredTask> byName(List<StoredTask> tasks) {
    return tasks.stream().sorted(Comparator.comparing(each -> each.name().value())).toList();
  }

  private List<StoredTask> stored(List<TaskName> names) {
    List<StoredTask> found = new ArrayList<>();
    for (Row row : table.find(names.stream().map(Key::task).toList())) {
      Stored<StoredTask> image = writes.read(row);
      writes.seen(image.item().name(), Optional.of(image));
      found.add(image.item());
    }
    return found;
  }

  @Override
  public List<StoredTask> due(Instant upTo, int limit) {
    Iterator<Row> keys = due.until(upTo, limit);
    List<StoredTask> found = new ArrayList<>();
    while (found.size() < limit && keys.hasNext()) {
      List<TaskName> names = new ArrayList<>();
      while (names.size() < Math.min(AT_A_TIME, limit - found.size()) && keys.hasNext()) {
        names.add(new TaskName(keys.next().key().pk().substring("T#".length())));
      }
      stored(names).stream().filter(task -> task.due(upTo)).forEach(found::add);
    }
    found.sort(
        Comparator.comparing((StoredTask task) -> task.clock().next().orElse(Instant.MAX))
            .thenComparing(task -> task.name().value()));
    return found;
  }

  @Override
  public Optional<Instant> nextDue() {
    return due.first();
  }

  @Override
  public Write<StoredTask> put(StoredTask task, long expected) {
    Optional<Stored<StoredTask>> stored = writes.find(task.name());
    if (RunRules.put(stored.map(Stored::item), task, expected)
        instanceof Write.Applied<StoredTask> applied) {
      signs(applied.now(), stored.map(Stored::item));
    }
    return stored.isPresent()
        ? writes.write(task.name(), stored, now -> RunRules.put(Optional.of(now), task, expected))
        : inserted(task, expected);
  }

  private Write<StoredTask> inserted(StoredTask task, long expected) {
    Write<StoredTask> write = RunRules.put(Optional.empty(), task, expected);
    return write instanceof Write.Applied<StoredTask> applied
        ? writes.insert(task.name(), applied.now())
        : write;
  }

  private void signs(StoredTask task, Optional<StoredTask> before) {
    List<Map<String, AttributeValue>> signs = new ArrayList<>();
    if (before.isEmpty()) {
      signs.add(Item.at(Key.name(task.name())).attributes());
    }
    for (TaskName followed : task.follows()) {
      if (before.filter(it -> it.follows().contains(followed)).isEmpty()) {
        signs.add(Item.at(Key.follower(followed, task.name())).attributes());
      }
    }
    table.write(signs, List.of());
  }
}
