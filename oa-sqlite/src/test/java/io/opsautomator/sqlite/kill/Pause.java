package io.opsautomator.sqlite.kill;

import io.opsautomator.action.Effects;
import java.util.List;

/**
 * Where an engine is to stand still, to be killed there: at the {@code nth} call of one kind,
 * before the service or the store has it, or before the engine has the answer. Immutable.
 *
 * @param point {@code effect.PROBED} and the like, or a write of the store such as {@code
 *     gates.handOver}
 */
record Pause(String point, int nth, When when) {
  enum When {
    /** The call has not been made. */
    BEFORE,
    /** What was called has done its part, and nobody knows its answer. */
    AFTER
  }

  static Pause parse(String text) {
    List<String> parts = List.of(text.split("/", -1));
    return new Pause(parts.get(0), Integer.parseInt(parts.get(1)), When.valueOf(parts.get(2)));
  }

  static String effect(Effects.Kind kind) {
    return "effect." + kind;
  }

  @Override
  public String toString() {
    return point + "/" + nth + "/" + when;
  }
}
