/** Work that travels through SQS, for engines in any number of processes. */
@NullMarked
package io.opsautomator.aws.sqs;

import org.jspecify.annotations.NullMarked;
