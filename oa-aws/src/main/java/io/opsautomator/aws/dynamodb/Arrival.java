package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Answer;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.GateRules;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Some who queue at a gate, try after try, until the gate says that they wait. For one use by one
 * thread.
 *
 * <p>Pages are put before the gate, and the gate may be another by then. Whom a try has put onto a
 * page is there, or has been taken from it since, and perhaps has been served: so no later try puts
 * him anywhere, and all that is left to say of him is that somebody waits on a page.
 */
final class Arrival {
  /**
   * How often this tries to know exactly where all belong; after that they go behind the window.
   */
  private static final int EXACT = 5;

  private final Table table;
  private final GateQueue queue;
  private final GateWrites writes;
  private final GateKey key;
  private final Limit limit;
  private final Optional<Terms> terms;

  /** Who is on no page. */
  private List<Waiting> fresh;

  /** Whether anybody else is. */
  private boolean paged;

  Arrival(
      Table table,
      GateWrites writes,
      GateKey key,
      Limit limit,
      Optional<Terms> terms,
      List<Waiting> all) {
    this.table = table;
    this.queue = new GateQueue(table);
    this.writes = writes;
    this.key = key;
    this.limit = limit;
    this.terms = terms;
    this.fresh = all;
  }

  static List<Waiting> waiting(String order, List<Ticket> tickets) {
    List<Waiting> all = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      all.add(new Waiting(order, i, tickets.get(i)));
    }
    return all;
  }

  /** Returns the gate as it is then. */
  Gate queue() {
    Optional<Stored<GateImage>> image = writes.recall(key);
    boolean guessed = true;
    for (int i = 0; i < Table.TRIES; i++) {
      Change change = change(image, i < EXACT);
      if (!change.any() && !guessed) {
        return change.next().gate();
      }
      if (change.any()) {
        Answer answer = write(change);
        if (answer.made()) {
          return answer.absent() ? change.next().gate() : writes.seen(key, answer).item().gate();
        }
        image = answer.absent() ? Optional.empty() : Optional.of(writes.seen(key, answer));
      } else {
        image = writes.find(key);
      }
      guessed = false;
    }
    throw GateWrites.contended(key);
  }

  /**
   * One try.
   *
   * @param over what is there, empty if that is nothing
   * @param displaced who leaves the window for pages
   * @param paged whether somebody was put onto a page: after the image was seen, perhaps, so that
   *     what it says of pages is not to be trusted
   */
  private record Change(
      Optional<Stored<GateImage>> over,
      GateImage was,
      GateImage next,
      List<Waiting> displaced,
      boolean paged) {
    boolean any() {
      return over.isEmpty() || paged || !next.equals(was);
    }

    /** Whether it is enough to say that there is more, whatever else has changed meanwhile. */
    boolean signals() {
      Gate before = was.gate();
      Gate after = next.gate();
      return over.isPresent()
          && paged
          && displaced.isEmpty()
          && next.window().equals(was.window())
          && after.limit() == before.limit()
          && after.revision() == before.revision();
    }
  }

  private Change change(Optional<Stored<GateImage>> over, boolean exact) {
    if (over.isEmpty()) {
      OwnGates.announce(table, key);
    }
    GateImage was = over.map(Stored::item).orElseGet(this::none);
    Gate limited = GateRules.limited(over.map(it -> it.item().gate()), key, limit, terms);
    Queuing queuing = exact ? Queuing.exact(was, fresh) : Queuing.behind(was, fresh);
    page(queuing.pages());
    GateImage next = queuing.image(was, limited, paged);
    return new Change(over, was, next, queuing.displaced(), paged);
  }

  private GateImage none() {
    Gate gate = GateRules.limited(Optional.empty(), key, limit, terms);
    return new GateImage(gate, List.of(), false, Map.of());
  }

  private void page(List<Waiting> some) {
    queue.add(key, some);
    Set<Waiting> put = Set.copyOf(some);
    fresh = fresh.stream().filter(each -> !put.contains(each)).toList();
    paged |= !some.isEmpty();
  }

  private Answer write(Change change) {
    return change.signals()
        ? writes.update(key, HandOvers.signal())
        : writes.put(change.over(), change.next(), queue.additions(key, change.displaced()));
  }
}
