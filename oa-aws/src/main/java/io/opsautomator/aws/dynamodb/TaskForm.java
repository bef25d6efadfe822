package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoredTask;
import io.opsautomator.task.TaskName;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How tasks are kept; in the index while they are enabled and will fire. */
record TaskForm(Bodies bodies) implements Optimistic.Form<TaskName, StoredTask> {
  private static final String DUE = "TASK#";

  static String due(int shard) {
    return DUE + shard;
  }

  @Override
  public Key at(TaskName name) {
    return Key.task(name);
  }

  @Override
  public Map<String, AttributeValue> write(StoredTask task, long version, String writer) {
    String name = task.name().value();
    Item item = Forms.item(at(task.name()), version, writer).put("st", task.state().name());
    if (task.state() == StoredTask.State.ENABLED) {
      task.clock()
          .next()
          .ifPresent(
              next ->
                  item.put(Shape.DUE_PK, due(Key.shard(name)))
                      .put(Shape.DUE_SK, Key.moment(next, name)));
    }
    return bodies.fitting(bodies.put(item, Texts.owner(task.name()), task));
  }

  @Override
  public Stored<StoredTask> read(Row row) {
    return bodies.read(StoredTask.class, row);
  }
}
