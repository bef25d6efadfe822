/**
 * Rules that no compiler checks, each with a control: a deliberately bad class or text on which the
 * rule must fail, so that a rule which has stopped looking is noticed.
 */
@NullMarked
package io.opsautomator.architecture;

import org.jspecify.annotations.NullMarked;
