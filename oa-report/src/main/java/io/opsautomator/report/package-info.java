/** What happened in a period, as one page for people. */
@NullMarked
package io.opsautomator.report;

import org.jspecify.annotations.NullMarked;
