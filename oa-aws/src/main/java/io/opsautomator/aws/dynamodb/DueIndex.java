package io.opsautomator.aws.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What is due, by the sparse index, which is spread over shards. The shards are read side by side,
 * each a page at a time, so that the number of items read follows from what is due and asked for,
 * and not from what there is. The index lags behind the table: who asks looks at the items
 * themselves, and finds at the next tick what it did not find at this one.
 */
final class DueIndex {
  private static final Comparator<Row> ORDER = Comparator.comparing(row -> row.text(Shape.DUE_SK));
  private static final int LARGEST_PAGE = 1000;

  private final Table table;
  private final IntFunction<String> shards;

  DueIndex(Table table, IntFunction<String> shards) {
    this.table = table;
    this.shards = shards;
  }

  /** The keys of those due until then, the earliest first. */
  Iterator<Row> until(Instant upTo, int limit) {
    int share = Math.max(1, limit / Key.SHARDS);
    int page = Math.min(LARGEST_PAGE, share + Math.min(share, 8));
    List<Iterator<Row>> all =
        IntStream.range(0, Key.SHARDS)
            .mapToObj(
                shard ->
                    table
                        .query(shards.apply(shard))
                        .due()
                        .until(Key.after(upTo))
                        .atATime(page)
                        .rows())
            .toList();
    return new Merged(all, ORDER);
  }

  /** The instant that the first of all is due at. */
  Optional<Instant> first() {
    List<Row> firsts = new ArrayList<>();
    for (int shard = 0; shard < Key.SHARDS; shard++) {
      firsts.addAll(table.query(shards.apply(shard)).due().first(1));
    }
    return firsts.stream().min(ORDER).map(row -> instant(row.text(Shape.DUE_SK)));
  }

  private static Instant instant(String moment) {
    return Instant.parse(moment.substring(0, moment.indexOf('#')));
  }
}
