package io.opsautomator.aws.dynamodb;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.GateKey;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where items are. What belongs together and is read together shares a partition; what is written
 * often has a partition of its own. A space ends a name within a sort key: it sorts before whatever
 * a name may hold, so that the order of keys is the order of names.
 */
record Key(String pk, String sk) {
  /** Over how many partitions something without a natural one is spread. */
  static final int SHARDS = 16;

  private static final String END = " ";
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final DateTimeFormatter SORTABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static Key execution(ExecutionId id) {
    return new Key("X#" + id.value(), "X");
  }

  static Key gate(GateKey key) {
    return new Key("G#" + key.value(), "G");
  }

  static String queue(GateKey key) {
    return "Q#" + key.value();
  }

  /** A page of a gate's queue. */
  static Key queued(GateKey key, String order, int page) {
    return new Key(queue(key), "%s%s%06d".formatted(order, END, page));
  }

  static Key task(TaskName name) {
    return new Key("T#" + name.value(), "T");
  }

  /** Says that there is, or was, a task of this name. */
  static Key name(TaskName name) {
    return new Key(names(shard(name.value())), name.value());
  }

  static String names(int shard) {
    return "N#" + shard;
  }

  /** Says that the one task follows the other, or did. */
  static Key follower(TaskName followed, TaskName follower) {
    return new Key(followers(followed), follower.value());
  }

  static String followers(TaskName followed) {
    return "F#" + followed.value();
  }

  static String run(RunId run) {
    return "R#" + run.value();
  }

  static Key ofRun(RunId run) {
    return new Key(run(run), "R");
  }

  static Key slice(RunId run, Scope scope) {
    return new Key(run(run), "S#" + scope.key());
  }

  static String pages(Scope scope) {
    return "P#" + scope.key() + END;
  }

  static Key page(RunId run, Scope scope, int number) {
    return new Key(run(run), pages(scope) + number(number));
  }

  static Key batch(RunId run, BatchId id) {
    return numbered(run, "D#", id);
  }

  static Key tally(RunId run, BatchId id) {
    return numbered(run, "E#", id);
  }

  /** Is there while not all of the batch has ended. */
  static Key open(RunId run, BatchId id) {
    return numbered(run, "O#", id);
  }

  /** Is there once the group's last batch is. */
  static Key whole(RunId run, String group) {
    return new Key(run(run), "L#" + group);
  }

  private static Key numbered(RunId run, String kind, BatchId id) {
    return new Key(run(run), kind + id.group() + END + number(id.number()));
  }

  /** Says that the run has, or had, this gate of its own. */
  static Key ownGate(RunId run, GateKey key) {
    return new Key(run(run), "G#" + key.value());
  }

  static Key budget(String window) {
    return new Key(BUDGETS, window);
  }

  static final String BUDGETS = "B";

  /** One line in the history of a task. */
  static Key history(TaskName task, Instant at, RunId run) {
    return new Key(task(task).pk(), HISTORY + moment(at, run.value()));
  }

  static final String HISTORY = "H#";

  /** The same in the history of all. */
  static Key history(Instant at, RunId run) {
    return new Key(history(shard(run.value())), moment(at, run.value()));
  }

  static String history(int shard) {
    return HISTORY + shard;
  }

  static int shard(String name) {
    return Math.floorMod(name.hashCode(), SHARDS);
  }

  /** Sorts by the instant, and then by name. */
  static String moment(Instant at, String name) {
    return sortable(at) + "#" + name;
  }

  /** Sorts after all moments of this instant, and before those of later ones. */
  static String after(Instant at) {
    return sortable(at) + "$";
  }

  /** Sorts as the instant does; instants of other than four-digit years sort as the nearest one. */
  static String sortable(Instant instant) {
    Instant bounded = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
    return SORTABLE.format(bounded);
  }

  private static String number(int number) {
    return "%08d".formatted(number);
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(Shape.PK, Item.text(pk), Shape.SK, Item.text(sk));
  }

  @Override
  public String toString() {
    return pk + " / " + sk;
  }
}
