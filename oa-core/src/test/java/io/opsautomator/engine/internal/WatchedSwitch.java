package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Outcome;
import io.opsautomator.engine.internal.World.Lamp;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import java.util.function.Function;

/** Switches what a test's own selector lists. */
record WatchedSwitch(
    ResourceType<Lamp> type,
    Aggregation aggregation,
    Function<ActionContext<Switch.Params>, Outcome> body)
    implements Action<Switch.Params> {

  @Override
  public ActionMetadata<Switch.Params> metadata() {
    return ActionMetadata.of("Watched", Switch.Params.DEFAULTS)
        .titled("Switch lamps", "Switches lamps")
        .version("1.0", "1e0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b11")
        .selects(type, aggregation)
        .build();
  }

  @Override
  public Outcome execute(ActionContext<Switch.Params> context) {
    return body.apply(context);
  }
}
