/**
 * How many calls a second each account and region may get, shared by all workers, and what of it is
 * learnt from the services themselves.
 */
@NullMarked
package io.opsautomator.aws.budget;

import org.jspecify.annotations.NullMarked;
