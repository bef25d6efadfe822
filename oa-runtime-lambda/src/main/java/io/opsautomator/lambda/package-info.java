/** An engine in AWS Lambda: a thin skin around events, deadlines and answers. */
@NullMarked
package io.opsautomator.lambda;

import org.jspecify.annotations.NullMarked;
