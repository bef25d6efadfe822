package io.opsautomator.store;

import java.time.Instant;

/**
 * The right of one worker to change one slice or execution. The epoch rises with every claim and is
 * the fence; the time only says when others may try to take over, so a wrong clock can cost a
 * repeated attempt and nothing else.
 */
public record Lease(String worker, long epoch, Instant until) {}
