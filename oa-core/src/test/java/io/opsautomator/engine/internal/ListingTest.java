package io.opsautomator.engine.internal;

import static io.opsautomator.action.Evidence.confirmed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import io.opsautomator.engine.internal.World.Lamp;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How fast listings go, and what they come to when they have to begin anew. */
final class ListingTest {
  private static final TaskName NAME = new TaskName("lights");
  private static final int REGIONS = 12;

  private final World world = new World();
  private final List<String> units = new ArrayList<>();

  /** When what was asked for, by scope. */
  private final Map<String, List<Instant>> asked = new HashMap<>();

  private final Map<String, RuntimeException> onceUnreadable = new HashMap<>();

  private Outcome switchOff(ActionContext<Switch.Params> ctx) {
    units.add(ctx.unit().key() + ":" + ctx.unit().resources().size());
    return Outcome.of("off", confirmed("off"));
  }

  /** Asked for, and failing once where told to, in front of the world's own lamps. */
  private ResourceSelector<Lamp> lamps() {
    ResourceSelector<Lamp> lamps = world.lamps();
    return new ResourceSelector<>() {
      @Override
      public ResourceType<Lamp> type() {
        return new ResourceType<>("watched", "Lamps", Lamp.class, true);
      }

      @Override
      public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
        String scope = caller.scope().key();
        asked.computeIfAbsent(scope, key -> new ArrayList<>()).add(world.instant());
        RuntimeException fault = onceUnreadable.remove(scope + token.map(t -> "@" + t).orElse(""));
        if (fault != null) {
          throw fault;
        }
        Listing<Lamp> page = lamps.list(caller, query, token);
        List<Resource<Lamp>> own =
            page.resources().stream()
                .map(l -> new Resource<>(type(), l.id(), l.scope(), l.tags(), l.attributes()))
                .toList();
        return new Listing<>(own, page.next());
      }
    };
  }

  private Run run(Bounds bounds, Aggregation aggregation, Task task) {
    ResourceSelector<Lamp> lamps = lamps();
    OpsAutomator engine =
        world
            .builder()
            .selector(lamps)
            .listing(bounds)
            .action(new WatchedSwitch(lamps.type(), aggregation, this::switchOff))
            .build();
    assertThat(engine.put(task)).isEmpty();
    engine.work();
    engine.run(NAME, "r");
    world.pass(Duration.ofHours(2));
    return engine.history(Optional.of(NAME), 1).get(0);
  }

  private static Task.Builder task() {
    return task("*");
  }

  private static Task.Builder task(String filter) {
    return Task.named("lights").action("Watched").where(filter);
  }

  private void twelveRegions() {
    Set<Scope.Region> regions =
        IntStream.rangeClosed(1, REGIONS)
            .mapToObj(i -> new Scope.Region("eu-west-" + i))
            .collect(Collectors.toSet());
    world.territory = Territory.of(World.HOME, regions);
  }

  @Test
  void callsOfOneRegionKeepToTheRateAndOtherRegionsDoNotWaitForThem() {
    twelveRegions();
    world.lamps = 20;
    Run run = run(new Bounds(REGIONS, 1, 2), Aggregation.RESOURCE, task().regions("*").build());

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(run.summary().succeeded()).isEqualTo(REGIONS * 20);
    assertThat(asked).hasSize(REGIONS);
    asked
        .values()
        .forEach(
            calls -> {
              assertThat(calls).hasSize(10);
              for (int i = 2; i < calls.size(); i++) {
                Duration time = Duration.between(calls.get(i - 2), calls.get(i));
                assertThat(time).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
              }
            });
  }

  @Test
  void aThrottledListingSlowsDownItsOwnRegionOnly() {
    twelveRegions();
    onceUnreadable.put(
        World.HOME.key(),
        new TransientException(TransientException.Kind.THROTTLED, "Throttling", "slowly", null));

    Run run = run(ListingLimits.DEFAULT, Aggregation.RESOURCE, task().regions("*").build());

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    Instant first = asked.get(World.HOME.key()).get(0);
    assertThat(asked.get(World.HOME.key()).get(1)).isAfterOrEqualTo(first.plusSeconds(1));
    asked.forEach(
        (scope, calls) -> {
          if (!scope.equals(World.HOME.key())) {
            assertThat(calls.get(calls.size() - 1)).isEqualTo(first);
          }
        });
  }

  /** Half of the lamps are in the attic; a second look at them must not make more of them. */
  @Test
  void whatIsListedTwiceSinceTheListingBeganAnewCountsOnce() {
    world.lamps = 8;
    onceUnreadable.put(World.HOME.key() + "@6", new RefusedException("ExpiredToken", "too late"));

    Run run =
        run(
            ListingLimits.DEFAULT,
            Aggregation.RESOURCE,
            task("room=hall").maxResources("50%").build());

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(run.summary().extent()).contains(new Run.Extent(8, 4));
    assertThat(run.summary().succeeded()).isEqualTo(4);
  }

  @Test
  void unitsAreCutInOrderWhateverThePagesWere() {
    world.lamps = 7;
    Run run =
        run(
            ListingLimits.DEFAULT,
            Aggregation.TASK,
            task().regions("eu-north-1", "eu-west-1").batchSize(4).build());

    assertThat(run.state()).isEqualTo(State.COMPLETE);
    assertThat(units).containsExactlyInAnyOrder("*#0:4", "*#1:4", "*#2:4", "*#3:2");
  }
}
