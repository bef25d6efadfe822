package io.opsautomator.testkit;

import io.opsautomator.testkit.ActionHarness.Moment;
import io.opsautomator.testkit.ActionHarness.Moment.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a process meets what outlives it: every write of an execution and every call that changes
 * the world passes here, before and after. A process can be made to die at one of these crossings.
 * What it does from then on, in {@code finally} blocks say, reaches nothing any more.
 *
 * <p>Confined to the thread that moves the virtual clock.
 */
final class Seam {
  private final Optional<Moment> last;
  private final List<Moment> crossings = new ArrayList<>();
  private boolean dead;
  private boolean died;

  /** The process is gone. An {@code Error}, so that nobody who still runs in it takes notice. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    private Death() {
      super("the process died here, as this test wants it", null, false, false);
    }
  }

  /**
   * @param last where the process dies; empty if it does not
   */
  Seam(Optional<Moment> last) {
    this.last = last;
  }

  void cross(String what, When when) {
    if (dead) {
      throw new Death();
    }
    Moment here = new Moment(crossings.size(), what, when);
    crossings.add(here);
    if (last.filter(moment -> moment.number() == here.number() && !died).isPresent()) {
      requireSame(last.get(), here);
      dead = true;
      died = true;
      throw new Death();
    }
  }

  private static void requireSame(Moment wanted, Moment here) {
    if (!wanted.equals(here)) {
      throw new AssertionError(
          "the same run of the same world came to '"
              + here
              + "' where it came to '"
              + wanted
              + "' before: the action rests on something that changes from run to run");
    }
  }

  /** Another process takes over. */
  void revive() {
    dead = false;
  }

  boolean died() {
    return died;
  }

  List<Moment> crossings() {
    return List.copyOf(crossings);
  }
}
