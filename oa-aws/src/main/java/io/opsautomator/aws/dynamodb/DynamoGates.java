package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.GateQueue.Head;
import io.opsautomator.aws.dynamodb.Table.Answer;
import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.GateRules;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Grant;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Gates. The item of a gate names its holders and the next 25 who wait, so a hand-over is one write
 * of one item, made without reading it and without regard to who else hands over at the same time:
 * DynamoDB puts them in a row. Everything else - who queues, who fills, a page of waiters that is
 * taken into the window - is written over the image at hand, see {@link Optimistic}.
 *
 * <p>While somebody waits on a page, the window may be empty: who hands over then takes the next
 * page in the same transaction. So {@link Gate#waiting} is exact, and a slot is never freed while
 * somebody waits for it.
 */
final class DynamoGates implements Gates {
  private static final int REMEMBERED = 5_000;

  /** How often who queues tries to know exactly where; after that he queues behind the window. */
  private static final int EXACT = 5;

  private final Table table;
  private final Tokens tokens;
  private final GateQueue queue;
  private final Optimistic<GateKey, GateImage> writes;

  DynamoGates(Table table, Tokens tokens) {
    this.table = table;
    this.tokens = tokens;
    this.queue = new GateQueue(table);
    this.writes = new Optimistic<>(table, tokens, new Images<>(REMEMBERED), new GateForm());
  }

  // -- Queuing ------------------------------------------------------------------------------------

  @Override
  public Gate enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    List<Waiting> fresh = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      fresh.add(new Waiting(order, i, tickets.get(i)));
    }
    Optional<Stored<GateImage>> image = writes.recall(key);
    boolean remembered = true;
    for (int i = 0; i < Table.TRIES; i++) {
      if (image.isEmpty()) {
        OwnGates.announce(table, key);
      }
      GateImage was = image.map(Stored::item).orElseGet(() -> none(key, limit, terms));
      Gate limited = GateRules.limited(image.map(it -> it.item().gate()), key, limit, terms);
      Queuing queuing = i < EXACT ? Queuing.exact(was, fresh) : Queuing.behind(was, fresh);
      queue.add(key, queuing.pages());
      GateImage next = queuing.image(was, limited);
      if (queuing.pages().isEmpty() && next.equals(was) && image.isPresent()) {
        if (!remembered) {
          return next.gate();
        }
        image = writes.find(key);
        remembered = false;
        continue;
      }
      Answer answer =
          queuing.signals(was, limited)
              ? table.update(Key.gate(key), HandOvers.signal())
              : put(key, image, next);
      remembered = false;
      if (answer.made()) {
        return answer.absent() ? keep(key, image, next) : seen(key, answer).item().gate();
      }
      image = answer.absent() ? Optional.empty() : Optional.of(seen(key, answer));
    }
    throw contended(key);
  }

  private static GateImage none(GateKey key, Limit limit, Optional<Terms> terms) {
    Gate gate = GateRules.limited(Optional.empty(), key, limit, terms);
    return new GateImage(gate, List.of(), false, java.util.Map.of());
  }

  private Answer put(GateKey key, Optional<Stored<GateImage>> over, GateImage next) {
    long version = over.map(Stored::version).orElse(0L);
    writes.images().forget(key);
    return table.put(
        GateItems.write(next, version + 1, ""),
        version == 0 ? Expression.FRESH : Expression.unchanged(version));
  }

  private Gate keep(GateKey key, Optional<Stored<GateImage>> over, GateImage next) {
    writes.images().keep(key, new Stored<>(next, over.map(Stored::version).orElse(0L) + 1, ""));
    return next.gate();
  }

  private Stored<GateImage> seen(GateKey key, Answer answer) {
    Stored<GateImage> image = GateItems.read(key, answer.row());
    if (answer.made()) {
      writes.images().keep(key, image);
    } else {
      writes.seen(key, Optional.of(image));
    }
    return image;
  }

  // -- Handing over -------------------------------------------------------------------------------

  @Override
  public HandOver handOver(Grant grant, boolean failed) {
    GateKey key = grant.gate();
    String token = tokens.next();
    HandOvers steps = new HandOvers(grant, failed, token);
    Optional<GateImage> guess = writes.images().find(key).map(Stored::item);
    boolean frees = guess.filter(it -> steps.predicted(it) instanceof HandOver.Freed).isPresent();
    Answer answer = table.update(Key.gate(key), frees ? steps.free() : steps.next());
    for (int i = 0; i < Table.TRIES; i++) {
      if (answer.absent()) {
        throw unmade(key);
      }
      Stored<GateImage> image = seen(key, answer);
      if (answer.made()) {
        return steps.done(image.item());
      }
      Optional<HandOver> own = steps.own(image.item());
      if (own.isPresent()) {
        return own.get();
      }
      if (!image.item().gate().held().contains(grant)) {
        return new HandOver.Stale(image.item().gate());
      }
      if (image.item().window().isEmpty() && image.item().more()) {
        Optional<HandOver> done = handOver(steps, image);
        if (done.isPresent()) {
          return done.get();
        }
      }
      boolean next = steps.predicted(image.item()) instanceof HandOver.Next;
      answer = table.update(Key.gate(key), next ? steps.next() : steps.free());
    }
    throw contended(key);
  }

  /** With a page of those who wait; empty when somebody else was quicker. */
  private Optional<HandOver> handOver(HandOvers steps, Stored<GateImage> image) {
    GateImage was = image.item();
    Head head = queue.head(was.gate().key(), 1);
    GateImage loaded = was.queuing(head.waiting(), head.more());
    HandOver done = steps.predicted(loaded);
    List<Grant> granted =
        done instanceof HandOver.Next next ? List.of(next.grant()) : List.<Grant>of();
    GateImage next =
        loaded
            .granting(done.now(), granted, steps.token())
            .queuing(loaded.behind(granted.size()), head.more());
    return commit(image, next, head.removals()) ? Optional.of(done) : Optional.empty();
  }

  /** The gate as it shall be, and the pages that it took in. */
  private boolean commit(Stored<GateImage> over, GateImage next, List<TransactWriteItem> removals) {
    GateKey key = next.gate().key();
    Optional<Stored<GateImage>> was = Optional.of(over);
    if (removals.isEmpty()) {
      boolean made = put(key, was, next).made();
      if (made) {
        keep(key, was, next);
      }
      return made;
    }
    List<TransactWriteItem> all = new ArrayList<>(removals);
    all.add(
        table.putting(
            GateItems.write(next, over.version() + 1, ""), Expression.unchanged(over.version())));
    writes.images().forget(key);
    boolean made = table.transact(all, tokens.next()).isEmpty();
    if (made) {
      keep(key, was, next);
    }
    return made;
  }

  // -- Filling ------------------------------------------------------------------------------------

  @Override
  public Filled fill(GateKey key) {
    String token = tokens.next();
    Optional<Stored<GateImage>> image = writes.images().find(key);
    if (image.filter(it -> it.item().gate().hasRoom()).isEmpty()) {
      image = writes.find(key);
    }
    for (int i = 0; i < Table.TRIES; i++) {
      Stored<GateImage> was = image.orElseThrow(() -> unmade(key));
      List<Grant> own = was.item().grantedBy(token);
      if (!own.isEmpty()) {
        return new Filled(own, was.item().gate());
      }
      if (!was.item().gate().hasRoom()) {
        return GateRules.fill(was.item().gate(), List.of(), was.item().gate().waiting());
      }
      Optional<Filled> filled = fill(was, token);
      if (filled.isPresent()) {
        return filled.get();
      }
      image = writes.find(key);
    }
    throw contended(key);
  }

  private Optional<Filled> fill(Stored<GateImage> over, String token) {
    GateImage was = over.item();
    int room = GateRules.room(was.gate());
    Head head =
        was.more() && was.window().size() < room
            ? queue.head(was.gate().key(), room - was.window().size())
            : new Head(List.of(), was.more(), List.of());
    GateImage loaded = was.queuing(GateImage.merged(was.window(), head.waiting()), head.more());
    List<Ticket> next = loaded.head(room);
    List<Waiting> left = loaded.behind(next.size());
    Filled filled = GateRules.fill(loaded.gate(), next, !left.isEmpty() || head.more());
    GateImage now =
        loaded.granting(filled.now(), filled.granted(), token).queuing(left, head.more());
    return commit(over, now, head.removals()) ? Optional.of(filled) : Optional.empty();
  }

  // -- The rest -----------------------------------------------------------------------------------

  @Override
  public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
    Write<GateImage> write =
        writes.write(
            key,
            image -> {
              Write<Gate> retuned = GateRules.retune(image.gate(), expected, next);
              return retuned instanceof Write.Applied<Gate> applied
                  ? new Write.Applied<>(
                      new GateImage(applied.now(), image.window(), image.more(), image.writers()))
                  : new Write.Refused<>(image);
            });
    if (write instanceof Write.Applied<GateImage> applied) {
      return new Write.Applied<>(applied.now().gate());
    }
    return write instanceof Write.Refused<GateImage> refused
        ? new Write.Refused<>(refused.actual().gate())
        : new Write.Absent<>();
  }

  @Override
  public Optional<Gate> find(GateKey key) {
    return writes.find(key).map(it -> it.item().gate());
  }

  /** With all who wait for it. */
  void remove(GateKey key) {
    queue.remove(key);
    table.write(List.of(), List.of(Key.gate(key)));
    writes.images().forget(key);
  }

  private static IllegalArgumentException unmade(GateKey key) {
    return new IllegalArgumentException("no gate " + key.value() + " has been made");
  }

  private static StoreException contended(GateKey key) {
    return new StoreException(
        "gate %s was changed by others %d times in a row: try again"
            .formatted(key.value(), Table.TRIES));
  }
}
