package io.opsautomator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Evidence;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.testkit.ActionContract;
import io.opsautomator.testkit.ActionHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

// docs: test
final class StopAndTellTest extends ActionContract<StopAndTell.Params> {
  private final List<String> said = new ArrayList<>();

  private final ActionHarness<StopAndTell.Params> one =
      ActionHarness.of(
              services -> new StopAndTell(services.get(AwsClients.class), services.get(Chat.class)))
          .providing(Chat.class, (room, text) -> said.add(room + ": " + text))
          .with(StopAndTell.Params.DEFAULTS)
          .given(estate -> estate.instance("i-1", "t3.micro", Map.of("env", "dev")));

  @Override
  protected Stream<ActionHarness<StopAndTell.Params>> cases() {
    return Stream.of(one);
  }

  @Test
  void tellsOnceTheInstanceIsStopped() {
    assertThat(one.run().outcome().evidence()).containsEntry("i-1", Evidence.confirmed("stopped"));
    assertThat(said).containsExactly("ops: i-1 is stopped");
  }
}
// docs: end
