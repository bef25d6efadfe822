/**
 * DynamoDB in memory, for tests: the operations, expressions, limits and errors that a store can
 * meet, in one process, with what goes wrong decided by the test.
 */
@NullMarked
package io.opsautomator.testkit.dynamodb;

import org.jspecify.annotations.NullMarked;
