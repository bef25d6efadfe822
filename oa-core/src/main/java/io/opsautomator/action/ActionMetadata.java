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
 * data. {@code parameters} is read from a real instance of the defaults, so a default cannot have
 * the wrong type.
 */
public record ActionMetadata<P extends Record>(
    Identity identity,
    ParameterSchema<P> parameters,
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
    return new MetadataBuilder<>(name, defaults);
  }

  public String name() {
    return identity.name();
  }

  public P defaults() {
    return parameters.defaults();
  }

  /**
   * Whether a task may set a timeout: there is something to wait for after the action has acted.
   */
  public boolean hasCompletion() {
    return !limits.completionTimeout().isZero();
  }

  /**
   * Not thread-safe; {@link #build} fails naming everything that is missing or wrong. Needed are a
   * title, a version and what is selected.
   */
  public interface Builder<P extends Record> {
    Builder<P> titled(String title, String description);

    /** {@code id} is a UUID. */
    Builder<P> version(String version, String id);

    /** Default: STABLE. */
    Builder<P> stability(Stability stability);

    Builder<P> selects(ResourceType<?> type, Aggregation aggregation);

    /** At most this many resources to an execution. Default: no limit. */
    Builder<P> batchesOf(int size);

    /** Default: everywhere. */
    Builder<P> reach(Reach reach);

    /** For dangerous actions: the tag filters {@code *} and {@code **} are errors. */
    Builder<P> withoutBareWildcards();

    /**
     * What it does to one resource can harm if another was overlooked: nothing starts before
     * everything is listed.
     */
    Builder<P> destructive();

    /** Besides schedules, which are always possible unless {@link #onlyEvents}. */
    Builder<P> firedBy(EventType... events);

    /** Of the events given to {@link #firedBy}, those that may stand for a whole region. */
    Builder<P> regionWide(EventType... events);

    Builder<P> onlyEvents();

    /**
     * Defaults: one hour, none, unlimited.
     *
     * @param maxConcurrent 0 means unlimited
     */
    Builder<P> limits(Duration completionTimeout, Duration minimumInterval, int maxConcurrent);

    /**
     * It is done when it has acted; there is nothing to wait for, and no timeout for a task to set.
     */
    Builder<P> withoutCompletion();

    /** The first is the default. */
    Builder<P> sizes(Size.Phase phase, Size... offered);

    Builder<P> permissions(Permission... needed);

    /**
     * @throws IllegalStateException naming the action and each value that is missing or wrong
     */
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

  /** Zero batch size means no limit. */
  public record Selection(
      ResourceType<?> type,
      Aggregation aggregation,
      int batchSize,
      Reach reach,
      boolean bareWildcards,
      boolean destructive) {
    /** When the first execution may start. */
    public Mode mode() {
      boolean wide = aggregation == Aggregation.ACCOUNT || aggregation == Aggregation.TASK;
      return destructive || wide ? Mode.SEALED : Mode.STREAM;
    }

    /** SEALED: after every slice was listed to its end. STREAM: as soon as its page was listed. */
    public enum Mode {
      SEALED,
      STREAM
    }
  }

  public enum Reach {
    HOME_REGION,
    ALL_REGIONS,
    ALL_ACCOUNTS_AND_REGIONS
  }

  /** {@code regionWide} are those of the events that may stand for all resources of a region. */
  public record Triggers(boolean onSchedule, Set<EventType> events, Set<EventType> regionWide) {
    public Triggers {
      events = Set.copyOf(events);
      regionWide = Set.copyOf(regionWide);
    }
  }

  /** Zero concurrency means unlimited; a zero completion timeout, that there is no completion. */
  public record Limits(Duration completionTimeout, Duration minimumInterval, int maxConcurrent) {}
}
