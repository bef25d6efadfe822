package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How runs are kept; in the index while somebody has to look after them. */
record RunForm(Bodies bodies) implements Optimistic.Form<RunId, Run> {
  private static final String DUE = "RUN#";

  static String due(int shard) {
    return DUE + shard;
  }

  @Override
  public Key at(RunId id) {
    return Key.ofRun(id);
  }

  @Override
  public Map<String, AttributeValue> write(Run run, long version, String writer) {
    String id = run.id().value();
    Item item = Forms.item(at(run.id()), version, writer).put("st", run.state().name());
    if (run.watched()) {
      item.put(Shape.DUE_PK, due(Key.shard(id))).put(Shape.DUE_SK, Key.moment(run.watchAt(), id));
    }
    return bodies.fitting(bodies.put(item, Texts.owner(run.id()), run));
  }

  @Override
  public Stored<Run> read(Row row) {
    return bodies.read(Run.class, row);
  }
}
