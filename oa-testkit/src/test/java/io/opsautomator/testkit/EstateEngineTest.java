package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Permission;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The engine, an action and the estate together, in virtual time and on one thread. */
final class EstateEngineTest {
  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T18:00:00Z");
  private final Estate estate = Estate.at(time);

  private record Stop(AwsClients aws) implements Action<Stop.Params> {
    record Params() {
      static final Params DEFAULTS = new Params();
    }

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Stop", Params.DEFAULTS)
          .titled("Stop", "Stops an instance")
          .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b12")
          .selects(Instance.TYPE, Aggregation.RESOURCE)
          .permissions(Permission.on(Instance.ARN, "ec2:StopInstances"))
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), 0)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      String id = context.resource(Instance.TYPE).id();
      Ec2Client ec2 = aws.client(Ec2Client.class, context);
      context.effects().idempotent("stop", () -> ec2.stopInstances(r -> r.instanceIds(id)));
      return Outcome.of(id, Evidence.confirmed("told to stop"));
    }
  }

  @Test
  void w74_anEngineStopsTheInstancesOfAllRegionsOfAnEstate() {
    estate.instance("i-1", "t3.micro", Map.of("Stop", "yes"));
    estate.instance("i-2", "t3.micro", Map.of());
    estate.in("111122223333", "us-east-1").instance("i-3", "t3.micro", Map.of("Stop", "yes"));
    estate.faults().throttleNext(1);

    assertThat(run().state()).isEqualTo(Run.State.COMPLETE);

    assertThat(estate.picture())
        .contains("i-1: t3.micro stopped", "i-2: t3.micro running", "i-3: t3.micro stopped");
    assertThat(estate.calls().stream().filter(Call::mutating))
        .hasSize(2)
        .allMatch(Call::insideEffect);
  }

  private Run run() {
    try (OpsAutomator engine =
        OpsAutomator.builder()
            .install(estate)
            .action(new Stop(estate.clients()))
            .store(new InMemoryStore())
            .clock(time)
            .timer(time)
            .executor(time)
            .random(new SplittableRandom(1))
            .build()) {
      Task task = Task.named("evening").action("Stop").where("Stop=yes").regions("*").build();
      assertThat(engine.put(task)).isEmpty();
      engine.work();
      engine.run(new TaskName("evening"), "once");
      time.advance(Duration.ofHours(1));
      return engine.history(Optional.of(new TaskName("evening")), 1).get(0);
    }
  }
}
