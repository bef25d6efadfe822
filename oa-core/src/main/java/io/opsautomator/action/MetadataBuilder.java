package io.opsautomator.action;

import io.opsautomator.action.ActionMetadata.Identity;
import io.opsautomator.action.ActionMetadata.Limits;
import io.opsautomator.action.ActionMetadata.Reach;
import io.opsautomator.action.ActionMetadata.Selection;
import io.opsautomator.action.ActionMetadata.Stability;
import io.opsautomator.action.ActionMetadata.Triggers;
import io.opsautomator.event.EventType;
import io.opsautomator.internal.Nearest;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what an action says of itself, and finds what is wrong with it when asked to build. */
final class MetadataBuilder<P extends Record> implements ActionMetadata.Builder<P> {
  private static final Duration ONE_HOUR = Duration.ofHours(1);
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final Pattern CAMEL_CASE = Pattern.compile("[A-Z][A-Za-z0-9]*");

  private final List<String> problems = new ArrayList<>();
  private final String name;
  private final P defaults;
  private String title = "";
  private String description = "";
  private String version = "";
  private String id = "";
  private Stability stability = Stability.STABLE;
  private @Nullable ResourceType<?> type;
  private Aggregation aggregation = Aggregation.RESOURCE;
  private int batchSize;
  private Reach reach = Reach.ALL_ACCOUNTS_AND_REGIONS;
  private boolean bareWildcards = true;
  private boolean destructive;
  private boolean onSchedule = true;
  private final Set<EventType> events = new LinkedHashSet<>();
  private final Set<EventType> regionWide = new LinkedHashSet<>();
  private Limits limits = new Limits(ONE_HOUR, Duration.ZERO, 0);
  private boolean completes = true;
  private final Map<Size.Phase, List<Size>> sizes = new EnumMap<>(Size.Phase.class);
  private final Set<Permission> permissions = new LinkedHashSet<>();

  MetadataBuilder(String name, P defaults) {
    this.name = name;
    this.defaults = defaults;
  }

  @Override
  public MetadataBuilder<P> titled(String newTitle, String newDescription) {
    title = newTitle;
    description = newDescription;
    return this;
  }

  @Override
  public MetadataBuilder<P> version(String newVersion, String newId) {
    version = newVersion;
    id = newId;
    return this;
  }

  @Override
  public MetadataBuilder<P> stability(Stability newStability) {
    stability = newStability;
    return this;
  }

  @Override
  public MetadataBuilder<P> selects(ResourceType<?> newType, Aggregation newAggregation) {
    type = newType;
    aggregation = newAggregation;
    return this;
  }

  @Override
  public MetadataBuilder<P> batchesOf(int size) {
    batchSize = size;
    if (size < 1) {
      problems.add("a batch of " + size + " resources; it must be at least 1");
    }
    return this;
  }

  @Override
  public MetadataBuilder<P> reach(Reach newReach) {
    reach = newReach;
    return this;
  }

  @Override
  public MetadataBuilder<P> withoutBareWildcards() {
    bareWildcards = false;
    return this;
  }

  @Override
  public MetadataBuilder<P> destructive() {
    destructive = true;
    return this;
  }

  @Override
  public MetadataBuilder<P> firedBy(EventType... more) {
    events.addAll(List.of(more));
    return this;
  }

  @Override
  public MetadataBuilder<P> regionWide(EventType... some) {
    regionWide.addAll(List.of(some));
    return this;
  }

  @Override
  public MetadataBuilder<P> onlyEvents() {
    onSchedule = false;
    return this;
  }

  @Override
  public MetadataBuilder<P> limits(
      Duration completionTimeout, Duration minimumInterval, int maxConcurrent) {
    limits = new Limits(completionTimeout, minimumInterval, maxConcurrent);
    return this;
  }

  @Override
  public MetadataBuilder<P> withoutCompletion() {
    completes = false;
    return this;
  }

  @Override
  public MetadataBuilder<P> sizes(Size.Phase phase, Size... offered) {
    if (offered.length == 0 || Set.copyOf(Arrays.asList(offered)).size() < offered.length) {
      problems.add("the sizes of " + phase + " are none, or one is named twice");
    }
    sizes.put(phase, List.of(offered));
    return this;
  }

  @Override
  public MetadataBuilder<P> permissions(Permission... needed) {
    permissions.addAll(List.of(needed));
    return this;
  }

  @Override
  public ActionMetadata<P> build() {
    ResourceType<?> selected = type;
    Optional<ParameterSchema<P>> schema = schema();
    check();
    schema.ifPresent(this::checkPermissions);
    if (!problems.isEmpty() || selected == null || schema.isEmpty()) {
      throw new IllegalStateException("Action " + name + ": " + String.join("; ", problems));
    }
    Limits effective =
        completes
            ? limits
            : new Limits(Duration.ZERO, limits.minimumInterval(), limits.maxConcurrent());
    return new ActionMetadata<>(
        new Identity(name, id, version, title, description, stability),
        schema.get(),
        new Selection(selected, aggregation, batchSize, reach, bareWildcards, destructive),
        new Triggers(onSchedule, events, regionWide),
        effective,
        sizes,
        permissions);
  }

  private Optional<ParameterSchema<P>> schema() {
    try {
      return Optional.of(ParameterSchema.of(defaults));
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private void check() {
    require(
        CAMEL_CASE.matcher(name).matches(), "the name '" + name + "' is not in upper camel case");
    require(!title.isBlank(), "no title: call titled(…)");
    require(!version.isBlank(), "no version: call version(…)");
    require(version.isBlank() || UUID.matcher(id).matches(), "the id '" + id + "' is not a UUID");
    require(type != null, "nothing is selected: call selects(…)");
    require(onSchedule || !events.isEmpty(), "onlyEvents(), but no event: call firedBy(…)");
    require(events.containsAll(regionWide), "regionWide(…) has an event that firedBy(…) has not");
    require(
        limits.completionTimeout().compareTo(Duration.ZERO) > 0,
        "the completion timeout " + limits.completionTimeout() + " is not positive");
    require(
        !limits.minimumInterval().isNegative(),
        "the minimum interval " + limits.minimumInterval() + " is negative");
    require(limits.maxConcurrent() >= 0, "maxConcurrent " + limits.maxConcurrent() + " < 0");
  }

  private void checkPermissions(ParameterSchema<P> schema) {
    List<String> known = schema.fields().stream().map(ParameterSchema.Field::name).toList();
    for (Permission permission : permissions) {
      permission
          .onlyWith()
          .filter(parameter -> !known.contains(parameter))
          .ifPresent(
              unknown ->
                  problems.add(
                      "a permission is needed only with '"
                          + unknown
                          + "', which is no parameter"
                          + Nearest.hint(unknown, known)));
    }
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
