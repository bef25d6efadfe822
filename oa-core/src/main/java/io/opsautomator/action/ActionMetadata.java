package io.opsautomator.action;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What engine, template generator and documentation know of an action without running it: immutable
 * data. {@code defaults} is a real instance, so a default cannot have the wrong type; {@link
 * ParameterSchema} is read from it.
 */
public record ActionMetadata<P extends Record>(
    Identity identity,
    P defaults,
    Selection selection,
    Triggers triggers,
    Limits limits,
    Map<Size.Phase, List<Size>> sizes,
    Set<Permission> permissions) {
  public ActionMetadata {
    sizes = Map.copyOf(sizes);
    permissions = Set.copyOf(permissions);
  }

  /** Starts with the wire name, which is in stored tasks and must never change. */
  public static <P extends Record> Builder<P> of(String name, P defaults) {
    throw new UnsupportedOperationException("sketch: " + name + defaults);
  }

  /** Not thread-safe; {@link #build} fails naming the value that is missing or wrong. */
  public interface Builder<P extends Record> {
    Builder<P> titled(String title, String description);

    Builder<P> version(String version, String id);

    Builder<P> stability(Stability stability);

    Builder<P> selects(ResourceType<?> type, Aggregation aggregation);

    /** At most this many resources to an execution. */
    Builder<P> batchesOf(int size);

    /** Default: everywhere. */
    Builder<P> reach(Reach reach);

    /** For dangerous actions: the tag filters {@code *} and {@code **} are errors. */
    Builder<P> withoutBareWildcards();

    /** Besides schedules, which are always possible unless {@link #onlyEvents}. */
    Builder<P> firedBy(EventType... events);

    Builder<P> onlyEvents();

    Builder<P> limits(Duration completionTimeout, Duration minimumInterval, int maxConcurrent);

    /** The first is the default. */
    Builder<P> sizes(Size.Phase phase, Size... offered);

    Builder<P> permissions(Permission... needed);

    ActionMetadata<P> build();
  }

  /** {@code id} is the stable UUID that metrics carry. */
  public record Identity(
      String name,
      String id,
      String version,
      String title,
      String description,
      Stability stability) {}

  /** INTERNAL actions are left out of templates, pages and cross-account roles. */
  public enum Stability {
    STABLE,
    BETA,
    INTERNAL
  }

  public record Selection(
      ResourceType<?> type,
      Aggregation aggregation,
      int batchSize,
      Reach reach,
      boolean bareWildcards) {}

  public enum Reach {
    HOME_REGION,
    ALL_REGIONS,
    ALL_ACCOUNTS_AND_REGIONS
  }

  public record Triggers(boolean onSchedule, Set<EventType> events) {}

  /** Zero concurrency means unlimited. */
  public record Limits(Duration completionTimeout, Duration minimumInterval, int maxConcurrent) {}
}
