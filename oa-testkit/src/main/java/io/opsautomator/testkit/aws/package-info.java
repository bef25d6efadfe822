/** An AWS to test against: an emulator, chosen and started by a JUnit extension. */
@NullMarked
package io.opsautomator.testkit.aws;

import org.jspecify.annotations.NullMarked;
