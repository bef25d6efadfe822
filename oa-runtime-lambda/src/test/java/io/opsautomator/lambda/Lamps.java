package io.opsautomator.lambda;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Three lamps, and an action in two steps on each, which a test may look into. */
record Lamps() implements ResourceSelector<Lamps.Lamp> {
  static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final ResourceType<Lamp> TYPE =
      new ResourceType<>("light", "Lamps", Lamp.class, true);

  record Lamp(boolean on) {}

  static void install(OpsAutomator.Builder builder, Consumer<String> steps) {
    builder
        .withoutDiscovery()
        .territory(Territory.of(HOME, Set.of(HOME.region())))
        .selector(new Lamps())
        .action(new SwitchOff(steps));
  }

  @Override
  public ResourceType<Lamp> type() {
    return TYPE;
  }

  @Override
  public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
    List<Resource<Lamp>> all =
        List.of("hall", "attic", "stairs").stream()
            .map(
                id ->
                    new Resource<>(TYPE, id, caller.scope(), Map.of("off", "yes"), new Lamp(true)))
            .toList();
    return new Listing<>(all, Optional.empty());
  }

  /** Tells of each step, as {@code first hall}, when it is made; {@code slow first hall}. */
  record SwitchOff(Consumer<String> steps) implements Action<SwitchOff.Params> {
    record Params(@Param(label = "Key", secret = true) String key) {
      static final Params DEFAULTS = new Params("");
    }

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("SwitchOff", Params.DEFAULTS)
          .titled("Switch off", "Switches a lamp off")
          .version("1.0", "6f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b15")
          .selects(TYPE, Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      String id = context.unit().resources().get(0).id();
      step(context, "first", id);
      step(context, "second", id);
      return Outcome.of("off", Evidence.confirmed("switched"));
    }

    private void step(ActionContext<Params> context, String name, String id) {
      context
          .effects()
          .idempotent(
              name,
              Boolean.class,
              () -> {
                String key = context.parameters().key();
                steps.accept((key.equals("slow") ? "slow " : "") + name + " " + id);
                return true;
              });
    }
  }
}
