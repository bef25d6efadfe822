package io.opsautomator.aws.dynamodb;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** The items of several shards in one order, each of which has that order. Lazy, as they are. */
final class Merged implements Iterator<Row> {
  private final PriorityQueue<Head> heads;

  private record Head(Row row, Iterator<Row> rest) {}

  Merged(List<Iterator<Row>> shards, Comparator<Row> order) {
    heads = new PriorityQueue<>(Comparator.comparing(Head::row, order));
    shards.forEach(this::add);
  }

  private void add(Iterator<Row> shard) {
    if (shard.hasNext()) {
      heads.add(new Head(shard.next(), shard));
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public Row next() {
    Head first = heads.remove();
    add(first.rest());
    return first.row();
  }
}
