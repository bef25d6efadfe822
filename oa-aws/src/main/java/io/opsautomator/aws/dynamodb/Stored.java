package io.opsautomator.aws.dynamodb;

/**
 * Something as it was stored once.
 *
 * @param writer the write that made it so
 */
record Stored<T>(T item, long version, String writer) {}
