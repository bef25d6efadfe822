/** Reading an action's parameters beside a mapper of JSON. */
@NullMarked
package io.opsautomator.benchmarks.parameters;

import org.jspecify.annotations.NullMarked;
