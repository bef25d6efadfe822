package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.engine.internal.World.Lamp;
import io.opsautomator.resource.Aggregation;
import java.time.Duration;
import java.util.function.Function;

/** An action whose body each test writes for itself. */
record Switch(
    String name,
    Aggregation aggregation,
    int limit,
    Function<ActionContext<Switch.Params>, Outcome> body)
    implements Action<Switch.Params> {

  record Params(
      @Param(label = "Brightness", min = 0, max = 100) int brightness,
      @Param(label = "Key", secret = true) String key) {
    static final Params DEFAULTS = new Params(50, "");
  }

  static Switch each(Function<ActionContext<Params>, Outcome> body) {
    return new Switch("Switch", Aggregation.RESOURCE, 0, body);
  }

  Switch atMost(int executions) {
    return new Switch(name, aggregation, executions, body);
  }

  @Override
  public ActionMetadata<Params> metadata() {
    return ActionMetadata.of(name, Params.DEFAULTS)
        .titled("Switch lamps", "Switches lamps")
        .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b11")
        .selects(Lamp.TYPE, aggregation)
        .limits(Duration.ofHours(1), Duration.ofMinutes(1), limit)
        .build();
  }

  @Override
  public Outcome execute(ActionContext<Params> context) {
    return body.apply(context);
  }
}
