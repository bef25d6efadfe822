package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Answer;
import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The writes of a gate, and what they have shown of it. A gate is written over the image at hand,
 * or, where that does not matter, by an update of what is there; either way the answer brings the
 * gate as it is, which is remembered.
 */
final class GateWrites {
  private static final int REMEMBERED = 5_000;

  private final Table table;
  private final Tokens tokens;
  private final Optimistic<GateKey, GateImage> writes;

  GateWrites(Table table, Tokens tokens) {
    this.table = table;
    this.tokens = tokens;
    this.writes = new Optimistic<>(table, tokens, new Images<>(REMEMBERED), new GateForm());
  }

  Optimistic<GateKey, GateImage> byRule() {
    return writes;
  }

  /** As it was seen last, which is a guess. */
  Optional<Stored<GateImage>> known(GateKey key) {
    return writes.images().find(key);
  }

  /** The same, or as it is if it was not seen. */
  Optional<Stored<GateImage>> recall(GateKey key) {
    return writes.recall(key);
  }

  Optional<Stored<GateImage>> find(GateKey key) {
    return writes.find(key);
  }

  void forget(GateKey key) {
    writes.images().forget(key);
  }

  /** What an answer says of the gate. */
  Stored<GateImage> seen(GateKey key, Answer answer) {
    Stored<GateImage> image = GateItems.read(key, answer.row());
    if (answer.made()) {
      writes.images().keep(key, image);
    } else {
      writes.seen(key, Optional.of(image));
    }
    return image;
  }

  /** Whatever it is now, if it is there. */
  Answer update(GateKey key, Expression change) {
    return table.update(Key.gate(key), change);
  }

  /**
   * Over what was seen, or where nothing was.
   *
   * @param others writes without which it shall not be made, nor they without it
   * @return made, without an image; or what stood in the way, without an image when that was
   *     nothing or another of the writes
   */
  Answer put(Optional<Stored<GateImage>> over, GateImage next, List<TransactWriteItem> others) {
    GateKey key = next.gate().key();
    long version = over.map(Stored::version).orElse(0L);
    writes.images().forget(key);
    Answer answer = others.isEmpty() ? alone(next, version) : together(next, version, others);
    if (answer.made()) {
      writes.images().keep(key, new Stored<>(next, version + 1, ""));
    }
    return answer;
  }

  private static Expression only(long version) {
    return version == 0 ? Expression.FRESH : Expression.unchanged(version);
  }

  private Answer alone(GateImage next, long version) {
    return table.put(GateItems.write(next, version + 1, ""), only(version));
  }

  private Answer together(GateImage next, long version, List<TransactWriteItem> others) {
    List<TransactWriteItem> all = new ArrayList<>(others);
    all.add(table.putting(GateItems.write(next, version + 1, ""), only(version)));
    List<Optional<Row>> obstacles = table.transact(all, tokens.next());
    return obstacles.isEmpty()
        ? new Answer(true, Map.of())
        : new Answer(false, obstacles.get(all.size() - 1).map(Row::attributes).orElse(Map.of()));
  }

  static IllegalArgumentException unmade(GateKey key) {
    return new IllegalArgumentException("no gate " + key.value() + " has been made");
  }

  static StoreException contended(GateKey key) {
    return new StoreException(
        "gate %s was changed by others %d times in a row: try again"
            .formatted(key.value(), Table.TRIES));
  }
}
