/**
 * How the simulated estate works. Public to the compiler only.
 *
 * <p>A call goes through the {@code Gateway}: faults, dry run, the operation's own rules, the
 * ledger, the world. The operations are grouped by resource ({@code InstanceCalls}, {@code
 * SnapshotCalls}, ...) and only ever add changes to the world; a change is data, so the ledger can
 * be replayed.
 */
@NullMarked
package io.opsautomator.testkit.internal;

import org.jspecify.annotations.NullMarked;
