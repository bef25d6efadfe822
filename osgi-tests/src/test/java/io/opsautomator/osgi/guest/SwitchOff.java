package io.opsautomator.osgi.guest;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.osgi.guest.SwitchOff.Params;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;

/** Switches lamps off. */
final class SwitchOff implements Action<Params> {

  record Params(@Param(label = "Who", group = "Lamps", description = "In whose name") String who) {
    static final Params DEFAULTS = new Params("nobody");
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return ActionMetadata.of("SwitchOff", Params.DEFAULTS)
        .titled("Switch off", "Switches lamps off")
        .version("1.0", "6f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b13")
        .selects(Lamps.TYPE, Aggregation.RESOURCE)
        .build();
  }

  @Override
  public Outcome execute(ActionContext<Params> context) {
    Resource<Lamps.Lamp> lamp = context.resource(Lamps.TYPE);
    context.effects().idempotent("switch off", () -> {});
    String was = lamp.attributes().on() ? "was on" : "was off";
    return Outcome.of(
        lamp.id(), Evidence.confirmed(was + ", off by " + context.parameters().who()));
  }
}
