package io.opsautomator.examples.spring;

import io.opsautomator.action.Invocation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lists the lights of the office. */
@Component
class Lights implements ResourceSelector<Lights.Light> {
  static final ResourceType<Light> TYPE = new ResourceType<>("office", "Lights", Light.class, true);

  record Light(boolean on) {}

  private final Switchboard board;

  Lights(Switchboard board) {
    this.board = board;
  }

  @Override
  public ResourceType<Light> type() {
    return TYPE;
  }

  @Override
  public Listing<Light> list(Invocation caller, Query query, Optional<String> token) {
    return new Listing<>(
        board.lights().entrySet().stream()
            .map(
                light ->
                    new Resource<>(
                        TYPE,
                        light.getKey(),
                        caller.scope(),
                        Map.of("room", light.getKey()),
                        new Light(light.getValue())))
            .toList(),
        Optional.empty());
  }
}
