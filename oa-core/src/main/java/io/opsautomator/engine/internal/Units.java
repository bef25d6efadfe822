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

/** Resources and units as they are stored, and the selectors they come from. Thread-safe. */
final class Units {
  private final Map<String, ResourceSelector<?>> selectors;
  private final Recent<Unit> launched = new Recent<>();

  private record StoredResource(
      @JsonProperty("type") String type,
      @JsonProperty("id") String id,
      @JsonProperty("account") String account,
      @JsonProperty("region") String region,
      @JsonProperty("tags") Map<String, String> tags,
      @JsonProperty("attributes") JsonNode attributes) {}

  /** The same, on its way to be stored. */
  private record ResourceForm(
      @JsonProperty("type") String type,
      @JsonProperty("id") String id,
      @JsonProperty("account") String account,
      @JsonProperty("region") String region,
      @JsonProperty("tags") Map<String, String> tags,
      @JsonProperty("attributes") Record attributes) {}

  private record UnitForm(
      @JsonProperty("key") String key,
      @JsonProperty("aggregation") Aggregation aggregation,
      @JsonProperty("account") String account,
      @JsonProperty("region") String region,
      @JsonProperty("resources") List<ResourceForm> resources) {}

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
    return StepValues.write(resource.id(), form(resource));
  }

  Resource<?> resource(String json) {
    return resource(StepValues.read("resource", json, StoredResource.class));
  }

  /**
   * @param unit of resources that were read, so that it is what reading the text would give
   */
  String launched(Unit unit) {
    String json = json(unit);
    launched.remember(json, unit);
    return json;
  }

  private static String json(Unit unit) {
    return StepValues.write(
        unit.key(),
        new UnitForm(
            unit.key(),
            unit.aggregation(),
            unit.scope().account().value(),
            unit.scope().region().value(),
            unit.resources().stream().map(Units::form).toList()));
  }

  Unit unit(String json) {
    return launched.find(json).orElseGet(() -> read(json));
  }

  private Unit read(String json) {
    StoredUnit stored = StepValues.read("unit", json, StoredUnit.class);
    List<Resource<?>> resources =
        stored.resources().stream().<Resource<?>>map(this::resource).toList();
    return new Unit(
        stored.key(), stored.aggregation(), Scope.of(stored.account(), stored.region()), resources);
  }

  private static ResourceForm form(Resource<?> resource) {
    return new ResourceForm(
        resource.type().key(),
        resource.id(),
        resource.scope().account().value(),
        resource.scope().region().value(),
        resource.tags(),
        resource.attributes());
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
