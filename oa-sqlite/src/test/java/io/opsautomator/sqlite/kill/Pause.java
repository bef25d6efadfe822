package io.opsautomator.sqlite.kill;

import io.opsautomator.action.Effects;
import java.util.List;

/**
 * Where an engine is to stand still, to be killed there: at the {@code nth} call of effects of one
 * kind, before the service has it or before the engine has the answer. Immutable.
 */
record Pause(Effects.Kind kind, int nth, When when) {
  enum When {
    /** The call has not been made. */
    BEFORE,
    /** The ledger has the call, and nobody its answer. */
    AFTER
  }

  static Pause parse(String text) {
    List<String> parts = List.of(text.split("/", -1));
    return new Pause(
        Effects.Kind.valueOf(parts.get(0)),
        Integer.parseInt(parts.get(1)),
        When.valueOf(parts.get(2)));
  }

  @Override
  public String toString() {
    return kind + "/" + nth + "/" + when;
  }
}
