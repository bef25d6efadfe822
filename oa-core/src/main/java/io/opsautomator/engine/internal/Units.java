package io.opsautomator.engine.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.action.internal.StepValues;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Unit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Resources and units as they are stored, and the selectors they come from. Immutable. */
final class Units {
  private final Map<String, ResourceSelector<?>> selectors;

  private record StoredResource(
      @JsonProperty("type") String type,
      @JsonProperty("id") String id,
      @JsonProperty("account") String account,
      @JsonProperty("region") String region,
      @JsonProperty("tags") Map<String, String> tags,
      @JsonProperty("attributes") JsonNode attributes) {}

  private record StoredUnit(
      @JsonProperty("key") String key,
      @JsonProperty("aggregation") Aggregation aggregation,
      @JsonProperty("account") String account,
      @JsonProperty("region") String region,
      @JsonProperty("resources") List<StoredResource> resources) {}

  Units(Collection<ResourceSelector<?>> selectors) {
    this.selectors =
        selectors.stream().collect(Collectors.toMap(s -> s.type().key(), Function.identity()));
  }

  Optional<ResourceSelector<?>> selector(ResourceType<?> type) {
    return Optional.ofNullable(selectors.get(type.key()));
  }

  String json(Resource<?> resource) {
    return StepValues.write(resource.id(), stored(resource));
  }

  Resource<?> resource(String json) {
    return resource(StepValues.read("resource", json, StoredResource.class));
  }

  String json(Unit unit) {
    return StepValues.write(
        unit.key(),
        new StoredUnit(
            unit.key(),
            unit.aggregation(),
            unit.scope().account().value(),
            unit.scope().region().value(),
            unit.resources().stream().map(Units::stored).toList()));
  }

  Unit unit(String json) {
    StoredUnit stored = StepValues.read("unit", json, StoredUnit.class);
    List<Resource<?>> resources =
        stored.resources().stream().<Resource<?>>map(this::resource).toList();
    return new Unit(
        stored.key(), stored.aggregation(), Scope.of(stored.account(), stored.region()), resources);
  }

  private static StoredResource stored(Resource<?> resource) {
    String id = resource.id();
    return new StoredResource(
        resource.type().key(),
        id,
        resource.scope().account().value(),
        resource.scope().region().value(),
        resource.tags(),
        StepValues.tree(resource.attributes()));
  }

  private Resource<?> resource(StoredResource stored) {
    ResourceSelector<?> selector = selectors.get(stored.type());
    if (selector == null) {
      throw new IllegalStateException("nothing selects resources of type " + stored.type());
    }
    return resource(stored, selector.type());
  }

  private static <R extends Record> Resource<R> resource(
      StoredResource stored, ResourceType<R> type) {
    R attributes = StepValues.read(stored.id(), stored.attributes(), type.attributes());
    Scope scope = Scope.of(stored.account(), stored.region());
    return new Resource<>(type, stored.id(), scope, stored.tags(), attributes);
  }
}
