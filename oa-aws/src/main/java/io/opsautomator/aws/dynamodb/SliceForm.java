package io.opsautomator.aws.dynamodb;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Slice;
import io.opsautomator.task.RunId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How slices are kept. */
record SliceForm(Bodies bodies) implements Optimistic.Form<SliceForm.Id, SliceForm.Numbered> {
  /** Is there once the slice has ended, for conditions. */
  static final String ENDED = "en";

  private static final String NUMBER = "n";

  record Id(RunId run, Scope scope) {}

  /**
   * @param run that it belongs to
   * @param number its place among those of its run
   */
  record Numbered(RunId run, int number, Slice slice) {}

  @Override
  public Key at(Id id) {
    return Key.slice(id.run(), id.scope());
  }

  @Override
  public Map<String, AttributeValue> write(Numbered item, long version, String writer) {
    Slice slice = item.slice();
    Key key = Key.slice(item.run(), slice.scope());
    return bodies.fitting(
        bodies.put(
            Forms.item(key, version, writer)
                .put(NUMBER, item.number())
                .flagged(ENDED, slice.end().isPresent()),
            Texts.owner(item.run()),
            slice));
  }

  @Override
  public Stored<Numbered> read(Row row) {
    Stored<Slice> slice = bodies.read(Slice.class, row);
    RunId run = new RunId(row.key().pk().substring("R#".length()));
    return new Stored<>(
        new Numbered(run, row.count(NUMBER), slice.item()), slice.version(), slice.writer());
  }
}
