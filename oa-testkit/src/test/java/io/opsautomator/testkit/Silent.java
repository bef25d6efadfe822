package io.opsautomator.testkit;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import java.util.Map;

/** An action that does not say what it is. */
record Silent() implements Action<Silent.Params> {

  record Params(@Param(label = "") int level) {}

  @Override
  public ActionMetadata<Params> metadata() {
    return ActionMetadata.of("Silent", new Params(1))
        .titled("Silent", "")
        .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b11")
        .selects(Instance.TYPE, Aggregation.RESOURCE)
        .build();
  }

  @Override
  public Outcome execute(ActionContext<Params> context) {
    return Outcome.of(Map.of());
  }
}
