package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.GateQueue.Head;
import io.opsautomator.aws.dynamodb.Table.Answer;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.GateRules;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final Table table;
  private final Tokens tokens;
  private final GateQueue queue;
  private final GateWrites writes;

  DynamoGates(Table table, Tokens tokens) {
    this.table = table;
    this.tokens = tokens;
    this.queue = new GateQueue(table);
    this.writes = new GateWrites(table, tokens);
  }

  // -- Queuing ------------------------------------------------------------------------------------

  @Override
  public Gate enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    List<Waiting> all = Arrival.waiting(order, tickets);
    return new Arrival(table, writes, key, limit, terms, all).queue();
  }

  // -- Handing over -------------------------------------------------------------------------------

  @Override
  public HandOver handOver(Grant grant, boolean failed) {
    GateKey key = grant.gate();
    String token = tokens.next();
    HandOvers steps = new HandOvers(grant, failed, token);
    Optional<GateImage> guess = writes.known(key).map(Stored::item);
    boolean frees = guess.filter(it -> steps.predicted(it) instanceof HandOver.Freed).isPresent();
    Answer answer = writes.update(key, frees ? steps.free() : steps.next());
    for (int i = 0; i < Table.TRIES; i++) {
      if (answer.absent()) {
        throw GateWrites.unmade(key);
      }
      Stored<GateImage> image = writes.seen(key, answer);
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
        answer = writes.update(key, steps.next()); // Who was quicker has left somebody there.
      } else {
        boolean next = steps.predicted(image.item()) instanceof HandOver.Next;
        answer = writes.update(key, next ? steps.next() : steps.free());
      }
    }
    throw GateWrites.contended(key);
  }

  /** With the next of those who wait on pages; empty when somebody else was quicker. */
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
    return taking(head, image, next) ? Optional.of(done) : Optional.empty();
  }

  /** With the pages that are in the window now; false when somebody else was quicker. */
  private boolean taking(Head head, Stored<GateImage> over, GateImage next) {
    return writes.put(Optional.of(over), next, head.removals()).made();
  }

  // -- Filling ------------------------------------------------------------------------------------

  @Override
  public Filled fill(GateKey key) {
    List<Grant> granted = new ArrayList<>();
    Filled filled;
    do {
      filled = fillOnce(key);
      granted.addAll(filled.granted());
    } while (!filled.granted().isEmpty() && filled.now().hasRoom());
    return new Filled(granted, filled.now());
  }

  /** As far as one write can. */
  private Filled fillOnce(GateKey key) {
    String token = tokens.next();
    Optional<Stored<GateImage>> image = writes.known(key);
    if (image.filter(it -> it.item().gate().hasRoom()).isEmpty()) {
      image = writes.find(key);
    }
    for (int i = 0; i < Table.TRIES; i++) {
      Stored<GateImage> was = image.orElseThrow(() -> GateWrites.unmade(key));
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
    throw GateWrites.contended(key);
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
    return taking(head, over, now) ? Optional.of(filled) : Optional.empty();
  }

  // -- The rest -----------------------------------------------------------------------------------

  @Override
  public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
    Write<GateImage> write =
        writes
            .byRule()
            .write(
                key,
                image -> {
                  Write<Gate> retuned = GateRules.retune(image.gate(), expected, next);
                  return retuned instanceof Write.Applied<Gate> applied
                      ? new Write.Applied<>(
                          new GateImage(
                              applied.now(), image.window(), image.more(), image.writers()))
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
    writes.forget(key);
  }
}
