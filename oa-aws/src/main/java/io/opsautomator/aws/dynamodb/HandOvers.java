package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateRules;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Ticket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The writes that take a slot from its holder, as {@link GateRules#handOver} says, and what they
 * come to. The conditions are that rule in DynamoDB's words: the slot is held under this number by
 * this ticket; somebody waits in the window; no more slots are held than the limit allows; and the
 * gate is open once this end has been counted - failures left, grants left, not stopped.
 *
 * @param token of this write; it stays with the slot, so that who repeats the write knows what came
 *     of it
 */
record HandOvers(Grant grant, boolean failed, String token) {
  private static final String HELD = "slots.#n.g = :serial AND slots.#n.t = :holder";
  private static final String COUNTED = ", failed = failed + :one, #left = #left - :one";

  /** Somebody is queued behind the window; whoever sees the answer has the gate as it is. */
  static Expression signal() {
    return new Expression(
        "SET more = :true, v = v + :one",
        "attribute_exists(pk)",
        Map.of(),
        Map.of(":true", Item.flag(true), ":one", Item.number(1)));
  }

  /** The first who waits gets the slot. */
  Expression next() {
    Map<String, AttributeValue> values = values();
    values.put(":w", Item.text(token));
    String update =
        "SET slots.#n.t = nxt[0], slots.#n.g = grants + :one, slots.#n.w = :w,"
            + " grants = grants + :one, v = v + :one"
            + (failed ? COUNTED : "")
            + " REMOVE nxt[0]";
    String condition =
        HELD
            + " AND attribute_exists(nxt[0]) AND size(slots) <= lim AND stopped = :false"
            + " AND #left > :spent AND grants < allow";
    return new Expression(update, condition, names(), values);
  }

  /** Nobody gets it: nobody waits, fewer are to hold one, or the gate is shut. */
  Expression free() {
    Map<String, AttributeValue> values = values();
    values.put(":true", Item.flag(true));
    String update = "SET v = v + :one" + (failed ? COUNTED : "") + " REMOVE slots.#n";
    String condition =
        HELD
            + " AND ((attribute_not_exists(nxt[0]) AND more = :false) OR size(slots) > lim"
            + " OR stopped = :true OR #left <= :spent OR grants >= allow)";
    return new Expression(update, condition, names(), values);
  }

  private Map<String, String> names() {
    return Map.of("#n", Integer.toString(grant.slot()), "#left", GateItems.LEFT);
  }

  private Map<String, AttributeValue> values() {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":serial", Item.number(grant.serial()));
    values.put(":holder", Tickets.value(grant.holder()));
    values.put(":one", Item.number(1));
    values.put(":false", Item.flag(false));
    values.put(":spent", Item.number(failed ? 1 : 0));
    return values;
  }

  /** What the rule says of this image. */
  HandOver predicted(GateImage image) {
    Optional<Ticket> next = image.head(1).stream().findFirst();
    boolean more = image.window().size() > 1 || image.more();
    HandOver done = GateRules.handOver(image.gate(), grant, failed, next, more);
    return done instanceof HandOver.Freed freed
        ? new HandOver.Freed(GateRules.waiting(freed.now(), next.isPresent() || image.more()))
        : done;
  }

  /** What came of a write that was made. */
  HandOver done(GateImage now) {
    return own(now).orElseGet(() -> new HandOver.Freed(now.gate()));
  }

  /** What came of it if it was made some time before. */
  Optional<HandOver> own(GateImage now) {
    Gate gate = now.gate();
    return now.grantedBy(token).stream()
        .filter(it -> it.slot() == grant.slot())
        .findFirst()
        .map(it -> new HandOver.Next(it, gate));
  }
}
