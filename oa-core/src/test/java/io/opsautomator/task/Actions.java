package io.opsautomator.task;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Reach;
import io.opsautomator.action.ActionMetadata.Stability;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import java.time.Duration;
import java.util.List;

/** Actions to validate tasks against; they cannot be run. */
final class Actions {
  private static final String ID = "1bdd8a3e-8a5e-4b8f-9c53-3f2f5b1c7a20";
  static final EventType RUNNING = new EventType("aws.ec2", "EC2 State", "running");
  static final EventType STOPPED = new EventType("aws.ec2", "EC2 State", "stopped");

  private Actions() {}

  record Thing() {}

  static final ResourceType<Thing> INSTANCE =
      new ResourceType<>("ec2", "Instances", Thing.class, true);
  private static final ResourceType<Thing> TIME =
      new ResourceType<>("time", "Time", Thing.class, false);

  record Snapshot(
      @Param(label = "Keep", min = 1, max = 1000) int retentionCount,
      @Param(label = "Days") int retentionDays,
      @Param(label = "Types") List<String> types,
      @Param(label = "Hook", secret = true, pattern = "https:.*") String hook) {
    static final Snapshot DEFAULTS = new Snapshot(7, 0, List.of(), "");
  }

  record None() {}

  static ActionMetadata.Builder<None> plain(String name, ResourceType<Thing> type) {
    return ActionMetadata.of(name, new None())
        .titled(name, "")
        .version("1", ID)
        .selects(type, Aggregation.RESOURCE);
  }

  private static final List<Action<?>> ALL =
      List.of(
          new CreateSnapshot(),
          new Fixed(
              plain("SetCapacity", TIME)
                  .reach(Reach.HOME_REGION)
                  .withoutCompletion()
                  .limits(Duration.ofHours(1), Duration.ZERO, 2)
                  .build()),
          new Fixed(plain("TagInstance", INSTANCE).firedBy(RUNNING).onlyEvents().build()),
          new Fixed(plain("Cleanup", TIME).stability(Stability.INTERNAL).build()));

  static final ActionCatalog CATALOG = ActionCatalog.of(ALL);

  record Fixed(ActionMetadata<None> metadata) implements Action<None> {
    @Override
    public Outcome execute(ActionContext<None> context) {
      throw new UnsupportedOperationException("only validated");
    }
  }

  static final class CreateSnapshot implements Action<Snapshot> {
    private static final ActionMetadata<Snapshot> METADATA =
        ActionMetadata.of("Ec2CreateSnapshot", Snapshot.DEFAULTS)
            .titled("Create snapshot", "Takes snapshots")
            .version("1", ID)
            .selects(INSTANCE, Aggregation.RESOURCE)
            .firedBy(RUNNING, STOPPED)
            .regionWide(STOPPED)
            .withoutBareWildcards()
            .limits(Duration.ofHours(1), Duration.ofMinutes(10), 5)
            .build();

    @Override
    public ActionMetadata<Snapshot> metadata() {
      return METADATA;
    }

    @Override
    public List<Violation> check(Snapshot p) {
      if (p.retentionDays() == 666) {
        throw new IllegalStateException("a fault in the check");
      }
      return p.retentionCount() > 500 && p.retentionDays() > 0
          ? List.of(new Violation("RetentionDays", "cannot go with so high a RetentionCount"))
          : List.of();
    }

    @Override
    public ActionMetadata.Limits limits(Snapshot p) {
      return p.retentionDays() == 30
          ? new ActionMetadata.Limits(Duration.ofHours(1), Duration.ofHours(1), 5)
          : METADATA.limits();
    }

    @Override
    public Outcome execute(ActionContext<Snapshot> context) {
      throw new UnsupportedOperationException("only validated");
    }
  }
}
