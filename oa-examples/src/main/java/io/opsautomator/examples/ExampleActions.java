package io.opsautomator.examples;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionProvider;
import io.opsautomator.action.Services;
import io.opsautomator.aws.AwsClients;
import java.util.List;

// docs: provider
/** Found by {@link java.util.ServiceLoader}. */
public final class ExampleActions implements ActionProvider {
  @Override
  public List<Action<?>> actions(Services services) {
    return List.of(new StopAndTell(services.get(AwsClients.class), services.get(Chat.class)));
  }
}
// docs: end
