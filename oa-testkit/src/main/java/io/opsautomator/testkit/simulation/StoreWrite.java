package io.opsautomator.testkit.simulation;

import java.util.List;

/**
 * One write, told when it took effect, whether or not its process ever learns of it.
 *
 * @param changes of all items it wrote, in one atomic step; empty when it was refused or changed
 *     nothing
 * @param answer what the store returned: a {@code Write}, or what else the method says
 */
record StoreWrite(Moment moment, Request request, List<Change> changes, Object answer) {
  StoreWrite {
    changes = List.copyOf(changes);
  }
}
