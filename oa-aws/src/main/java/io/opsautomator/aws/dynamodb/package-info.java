/**
 * The store for many machines: one DynamoDB table, large texts in S3. Every step is a conditional
 * write of one item; what it demands and does is said by the rules in {@link
 * io.opsautomator.store}.
 */
@NullMarked
package io.opsautomator.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
