package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;

/**
 * A place in a queue. An execution that is queued again gets a new number, so that nothing granted
 * to an old ticket can ever start it again.
 */
public record Ticket(ExecutionId execution, int number) {}
