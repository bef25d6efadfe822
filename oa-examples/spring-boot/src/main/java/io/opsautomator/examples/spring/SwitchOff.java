package io.opsautomator.examples.spring;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.resource.Aggregation;
import org.springframework.stereotype.Component;

/** An action with what Spring gives it. */
@Component
class SwitchOff implements Action<SwitchOff.Params> {
  record Params() {
    static final Params DEFAULTS = new Params();
  }

  private static final ActionMetadata<Params> METADATA =
      ActionMetadata.of("SwitchOff", Params.DEFAULTS)
          .titled("Switch off", "Switches a light off")
          .version("1.0", "0d6ff2a4-7f43-4a0e-8c41-0a27d2a8b0f1")
          .selects(Lights.TYPE, Aggregation.RESOURCE)
          .build();

  private final Switchboard board;

  SwitchOff(Switchboard board) {
    this.board = board;
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return METADATA;
  }

  @Override
  public Outcome execute(ActionContext<Params> context) {
    String room = context.resource(Lights.TYPE).id();
    context.effects().idempotent("switch off", () -> board.switchOff(room));
    return Outcome.of(room, Evidence.confirmed("off"));
  }
}
