package io.opsautomator.osgi.guest;

import io.opsautomator.action.Invocation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two lamps, of which one is on. */
final class Lamps implements ResourceSelector<Lamps.Lamp> {
  static final ResourceType<Lamp> TYPE = new ResourceType<>("light", "Lamps", Lamp.class, true);

  record Lamp(boolean on) {}

  @Override
  public ResourceType<Lamp> type() {
    return TYPE;
  }

  @Override
  public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
    return new Listing<>(
        List.of(
            new Resource<>(TYPE, "hall", caller.scope(), Map.of("room", "hall"), new Lamp(true)),
            new Resource<>(
                TYPE, "attic", caller.scope(), Map.of("room", "attic"), new Lamp(false))),
        Optional.empty());
  }
}
