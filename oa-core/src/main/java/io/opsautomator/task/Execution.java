package io.opsautomator.task;

/**
 * One unit of work, as stored. Immutable; {@code version} rises by one with every successful write.
 */
public record Execution(
    ExecutionId id,
    TaskName task,
    String action,
    String payload,
    ExecutionState state,
    long version) {}
