package io.opsautomator.event;

/**
 * One event awaited for one resource. Indexed by the store, so that an arriving event wakes exactly
 * who waits for it.
 */
public record EventKey(EventType type, String resourceId) {}
