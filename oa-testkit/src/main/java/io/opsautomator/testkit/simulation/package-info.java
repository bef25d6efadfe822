/**
 * The whole engine in a world that follows from a seed: several processes over one store, one queue
 * and one cloud, scheduled a step at a time, with faults at every seam. What must hold whatever
 * happens is checked while it runs by {@code Watcher}s; that those would notice, by {@code
 * Mutant}s.
 */
@NullMarked
package io.opsautomator.testkit.simulation;

import org.jspecify.annotations.NullMarked;
