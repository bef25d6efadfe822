package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Brake;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Gates as items that a hand-over can change without knowing them: slots are a map, waiters a list
 * whose first is moved into a slot by the write itself. Where the waiters of the window come from -
 * needed when somebody older is queued - is told in stretches, counted from the end of the window,
 * so that taking its first changes nothing but the list.
 */
final class GateItems {
  static final String LIMIT = "lim";
  static final String REVISION = "rev";
  static final String SLOTS = "slots";
  static final String GRANTS = "grants";
  static final String WINDOW = "nxt";
  static final String MORE = "more";
  static final String STOPPED = "stopped";
  static final String FAILED = "failed";

  /** How many may still fail before nothing is granted. */
  static final String LEFT = "left";

  static final String ALLOWANCE = "allow";
  static final String TICKET = "t";
  static final String SERIAL = "g";
  static final String WRITER = "w";

  private static final String STRETCHES = "seg";
  private static final String BRAKE = "brk";
  private static final String MAX_FAILED = "maxf";
  private static final String WAVE = "wave";
  private static final String RESTING = "rest";
  private static final String APPROVED = "appr";
  private static final long MANY = 1_000_000_000_000L;

  private GateItems() {}

  static Map<String, AttributeValue> write(GateImage image, long version, String writer) {
    Gate gate = image.gate();
    Item item =
        Forms.item(Key.gate(gate.key()), version, writer)
            .put(LIMIT, gate.limit())
            .put(REVISION, gate.revision())
            .put(GRANTS, gate.serial())
            .put(SLOTS, AttributeValue.fromM(slots(image)))
            .put(WINDOW, Item.list(window(image)))
            .put(STRETCHES, Item.list(stretches(image.window())))
            .put(MORE, Item.flag(image.more()));
    brake(item, gate.brake());
    return item.attributes();
  }

  private static Map<String, AttributeValue> slots(GateImage image) {
    Map<String, AttributeValue> slots = new HashMap<>();
    for (Grant grant : image.gate().held()) {
      slots.put(
          Integer.toString(grant.slot()),
          new Item()
              .put(TICKET, Tickets.value(grant.holder()))
              .put(SERIAL, grant.serial())
              .put(WRITER, image.writers().getOrDefault(grant.slot(), ""))
              .asValue());
    }
    return slots;
  }

  private static List<AttributeValue> window(GateImage image) {
    return image.window().stream().map(each -> Tickets.value(each.ticket())).toList();
  }

  /** As {@code COUNT PLACE ORDER}: so many in a row of one order, from this place on. */
  private static List<AttributeValue> stretches(List<Waiting> window) {
    List<AttributeValue> stretches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= window.size(); i++) {
      Waiting first = window.get(from);
      boolean goesOn =
          i < window.size()
              && window.get(i).order().equals(first.order())
              && window.get(i).place() == first.place() + i - from;
      if (!goesOn) {
        stretches.add(Item.text((i - from) + " " + first.place() + " " + first.order()));
        from = i;
      }
    }
    return stretches;
  }

  /** A gate without a brake is one that nothing ever shuts. */
  private static void brake(Item item, Optional<Brake> brake) {
    Terms terms = brake.map(Brake::terms).orElse(Terms.NONE);
    int failed = brake.map(Brake::failed).orElse(0);
    item.flagged(BRAKE, brake.isPresent())
        .put(FAILED, failed)
        .put(LEFT, terms.maxFailed() == 0 ? MANY : terms.maxFailed() - failed)
        .put(ALLOWANCE, terms.allowance())
        .put(STOPPED, Item.flag(terms.stopped()))
        .unlessZero(MAX_FAILED, terms.maxFailed())
        .unlessZero(WAVE, terms.wave())
        .unlessZero(APPROVED, terms.approvedWave())
        .put(RESTING, terms.restingSince().map(Instant::toString));
  }

  static Stored<GateImage> read(GateKey key, Row row) {
    Forms.require(row);
    List<Waiting> window = readWindow(row);
    boolean more = row.flag(MORE);
    Map<Integer, String> writers = new TreeMap<>();
    List<Grant> held = new ArrayList<>();
    row.map(SLOTS)
        .forEach(
            (slot, value) -> {
              Row granted = new Row(value.m());
              int number = Integer.parseInt(slot);
              writers.put(number, granted.text(WRITER));
              held.add(
                  new Grant(
                      key, number, Tickets.read(granted.value(TICKET)), granted.number(SERIAL)));
            });
    held.sort(Comparator.comparingInt(Grant::slot));
    Gate gate =
        new Gate(
            key,
            row.count(LIMIT),
            row.number(REVISION),
            held,
            row.number(GRANTS),
            !window.isEmpty() || more,
            readBrake(row));
    return new Stored<>(new GateImage(gate, window, more, writers), row.number(Shape.VERSION), "");
  }

  private static List<Waiting> readWindow(Row row) {
    List<AttributeValue> tickets = row.list(WINDOW);
    List<Waiting> places = new ArrayList<>();
    for (AttributeValue stretch : row.list(STRETCHES)) {
      String[] parts = stretch.s().split(" ", 3);
      if (parts.length != 3) {
        throw new StoreException("stored gate " + row.key() + " has a queue of an unknown form");
      }
      int first = Integer.parseInt(parts[1]);
      for (int i = 0; i < Integer.parseInt(parts[0]); i++) {
        places.add(new Waiting(parts[2], first + i, Tickets.NOBODY));
      }
    }
    int taken = places.size() - tickets.size();
    List<Waiting> window = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      Waiting place = places.get(taken + i);
      window.add(new Waiting(place.order(), place.place(), Tickets.read(tickets.get(i))));
    }
    return window;
  }

  private static Optional<Brake> readBrake(Row row) {
    if (!row.flag(BRAKE)) {
      return Optional.empty();
    }
    return Optional.of(
        new Brake(
            row.count(FAILED),
            new Terms(
                row.countOrZero(MAX_FAILED),
                row.number(ALLOWANCE),
                row.countOrZero(WAVE),
                row.maybeText(RESTING).map(Instant::parse),
                row.countOrZero(APPROVED),
                row.flag(STOPPED))));
  }
}
