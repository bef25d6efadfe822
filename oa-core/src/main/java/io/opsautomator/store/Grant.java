package io.opsautomator.store;

/**
 * A slot given to a ticket. It exists only after the gate has been written, so whoever holds one
 * may claim the execution without looking at the gate. {@code serial} rises with every grant of a
 * gate; a second release under the same serial is refused.
 */
public record Grant(GateKey gate, int slot, Ticket holder, long serial) {}
