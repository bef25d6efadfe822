package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Answer;
import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Write;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The write that fits every rule: the rule is applied to the image at hand, and what comes of it is
 * written if the item is still that image. If not, the refusal brings the item as it is, and the
 * rule is applied to that. So who knows the item pays one write and reads nothing; and the rule's
 * own refusal is told only of an image that was just seen, never of a remembered one.
 */
final class Optimistic<K, T> {
  private final Table table;
  private final Tokens tokens;
  private final Images<K, T> images;
  private final Form<K, T> form;

  /** How something is kept. */
  interface Form<K, T> {
    Key at(K id);

    Map<String, AttributeValue> write(T item, long version, String writer);

    Stored<T> read(Row row);
  }

  Optimistic(Table table, Tokens tokens, Images<K, T> images, Form<K, T> form) {
    this.table = table;
    this.tokens = tokens;
    this.images = images;
    this.form = form;
  }

  Images<K, T> images() {
    return images;
  }

  Stored<T> read(Row row) {
    return form.read(row);
  }

  /** For a transaction that is made elsewhere. */
  Map<String, AttributeValue> form(T item, long version, String writer) {
    return form.write(item, version, writer);
  }

  Optional<Stored<T>> find(K id) {
    Optional<Stored<T>> found = table.get(form.at(id)).map(form::read);
    seen(id, found);
    return found;
  }

  /** The image at hand, or the item if there is none. */
  Optional<Stored<T>> recall(K id) {
    return images.find(id).or(() -> find(id));
  }

  void seen(K id, Optional<Stored<T>> found) {
    images.forget(id);
    found.ifPresent(it -> images.keep(id, it));
  }

  /** Stores what is not there. */
  Write<T> insert(K id, T fresh) {
    String token = tokens.next();
    Answer answer = table.put(form.write(fresh, 1, token), Expression.FRESH);
    if (answer.made()) {
      images.keep(id, new Stored<>(fresh, 1, token));
      return new Write.Applied<>(fresh);
    }
    Stored<T> there = form.read(answer.row());
    seen(id, Optional.of(there));
    return there.writer().equals(token)
        ? new Write.Applied<>(there.item())
        : new Write.Refused<>(there.item());
  }

  Write<T> write(K id, Function<T, Write<T>> rule) {
    Optional<Stored<T>> known = images.find(id);
    if (known.isPresent() && rule.apply(known.get().item()) instanceof Write.Applied<T>) {
      return write(id, known, rule);
    }
    return write(id, find(id), rule);
  }

  /**
   * @param image what the item is thought to be; empty when it is known to be absent
   */
  Write<T> write(K id, Optional<Stored<T>> image, Function<T, Write<T>> rule) {
    String token = tokens.next();
    Optional<Stored<T>> now = image;
    for (int i = 0; i < Table.TRIES && now.isPresent(); i++) {
      Stored<T> seen = now.get();
      if (seen.writer().equals(token)) {
        return new Write.Applied<>(seen.item());
      }
      Write<T> write = rule.apply(seen.item());
      if (!(write instanceof Write.Applied<T> applied)) {
        return write;
      }
      now = replace(id, seen, applied.now(), token);
      if (now.isEmpty()) {
        return write;
      }
      now = now.filter(it -> it.version() > 0);
    }
    if (now.isPresent()) {
      throw new StoreException(
          "%s was changed by others %d times in a row: try again"
              .formatted(form.at(id), Table.TRIES));
    }
    return new Write.Absent<>();
  }

  /** Empty when it was made; else what stood in the way, of version 0 if that was nothing. */
  private Optional<Stored<T>> replace(K id, Stored<T> seen, T next, String token) {
    long version = seen.version() + 1;
    Answer answer =
        table.put(form.write(next, version, token), Expression.unchanged(seen.version()));
    images.forget(id);
    if (answer.made()) {
      images.keep(id, new Stored<>(next, version, token));
      return Optional.empty();
    }
    if (answer.absent()) {
      return Optional.of(new Stored<>(next, 0, ""));
    }
    Stored<T> there = form.read(answer.row());
    images.keep(id, there);
    return Optional.of(there);
  }
}
