package io.opsautomator.opentelemetry;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Three lamps, of which one is broken and one is not selected; it takes a while to switch one off.
 */
record Lamps() implements ResourceSelector<Lamps.Lamp> {
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final ResourceType<Lamp> TYPE =
      new ResourceType<>("light", "Lamps", Lamp.class, true);

  record Lamp(boolean broken) {}

  static OpsAutomator engine(VirtualTime time, AuditSink sink) {
    return OpsAutomator.builder()
        .withoutDiscovery()
        .territory(Territory.of(HOME, Set.of(HOME.region())))
        .store(new InMemoryStore())
        .action(new SwitchOff())
        .selector(new Lamps())
        .clock(time)
        .timer(time)
        .executor(time)
        .audit(sink)
        .build();
  }

  @Override
  public ResourceType<Lamp> type() {
    return TYPE;
  }

  @Override
  public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
    return new Listing<>(
        List.of(
            new Resource<>(TYPE, "hall", caller.scope(), Map.of("off", "yes"), new Lamp(false)),
            new Resource<>(TYPE, "attic", caller.scope(), Map.of("off", "yes"), new Lamp(true)),
            new Resource<>(TYPE, "stairs", caller.scope(), Map.of(), new Lamp(false))),
        Optional.empty());
  }

  record SwitchOff() implements Action<SwitchOff.Params> {
    record Params() {
      static final Params DEFAULTS = new Params();
    }

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("SwitchOff", Params.DEFAULTS)
          .titled("Switch off", "Switches a lamp off")
          .version("1.0", "6f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b14")
          .selects(TYPE, Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      Resource<Lamp> lamp = context.resource(TYPE);
      if (lamp.attributes().broken()) {
        throw new ActionException("ERR_BROKEN", "the lamp " + lamp.id() + " is broken");
      }
      context.effects().idempotent("switch off", () -> {});
      return context
          .effects()
          .await(
              Completion.when("dark", waited -> true)
                  .every(Duration.ofSeconds(30), Duration.ofMinutes(1)))
          .outcome(dark -> Outcome.of(lamp.id(), Evidence.confirmed("is dark")));
    }
  }
}
