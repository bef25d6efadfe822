package io.opsautomator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine in a tool that has nothing to do with AWS, and what docs/embedding.md shows of it. */
final class EmbeddingTest {
  @TempDir private Path folder;

  /** What the tool looks after. */
  record Cache(int entries) {
    static final ResourceType<Cache> TYPE = new ResourceType<>("shop", "Caches", Cache.class, true);
  }

  static final class Caches implements ResourceSelector<Cache> {
    @Override
    public ResourceType<Cache> type() {
      return Cache.TYPE;
    }

    @Override
    public Listing<Cache> list(Invocation caller, Query query, Optional<String> token) {
      return new Listing<>(
          List.of(
              new Resource<>(
                  Cache.TYPE, "prices", caller.scope(), Map.of("team", "shop"), new Cache(7))),
          Optional.empty());
    }
  }

  /** What the action works with, wherever it comes from. */
  static final class Broom {
    private final List<String> swept = new CopyOnWriteArrayList<>();
  }

  static final class Sweep implements Action<Sweep.Params> {
    record Params() {
      static final Params DEFAULTS = new Params();
    }

    private final Broom broom;

    @Inject
    Sweep(Broom broom) {
      this.broom = broom;
    }

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Sweep", Params.DEFAULTS)
          .titled("Sweep", "Empties a cache")
          .version("1.0", "7a0f6b1c-5d0e-4a39-9d52-0d8f0c2f8a11")
          .selects(Cache.TYPE, Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      String id = context.resource(Cache.TYPE).id();
      context.effects().idempotent("sweep", () -> broom.swept.add(id));
      return Outcome.of(id, Evidence.confirmed("empty"));
    }
  }

  private static final Task TASK = Task.named("sweep").action("Sweep").where("team=shop").build();

  @Test
  void fiveLinesAreEnough() throws InterruptedException {
    Broom broom = new Broom();
    Path store = folder;
    // docs: five-lines
    try (OpsAutomator ops =
        OpsAutomator.builder()
            .withoutDiscovery()
            .action(new Sweep(broom))
            .selector(new Caches())
            .store(store)
            .task(TASK)
            .build()) {
      ops.start();
      Run run = ops.await(ops.run(TASK.name(), "now"));
      // docs: end
      assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
    }
    assertThat(broom.swept).containsExactly("prices");
  }

  @Test
  void anActionMayComeFromAnInjector() throws InterruptedException {
    Broom broom = new Broom();
    Injector injector = Guice.createInjector(binder -> binder.bind(Broom.class).toInstance(broom));
    try (OpsAutomator ops =
        OpsAutomator.builder()
            .withoutDiscovery()
            .action(injector.getInstance(Sweep.class))
            .selector(new Caches())
            .task(TASK)
            .build()) {
      ops.work();
      assertThat(ops.await(ops.run(TASK.name(), "now")).state()).isEqualTo(Run.State.COMPLETE);
    }
    assertThat(broom.swept).containsExactly("prices");
  }

  @Test
  void listenersHearWhatTheyAskFor() throws InterruptedException {
    List<String> told = new CopyOnWriteArrayList<>();
    // docs: listeners
    AuditSink ends =
        AuditSink.on(
            AuditEvent.RunEnded.class,
            event -> told.add(event.of().task().value() + " ended as " + event.state()));
    // docs: end
    try (OpsAutomator ops =
        OpsAutomator.builder()
            .withoutDiscovery()
            .action(new Sweep(new Broom()))
            .selector(new Caches())
            .audit(ends)
            .task(TASK)
            .build()) {
      ops.work();
      RunId run = ops.run(new TaskName("sweep"), "now");
      ops.await(run);
    }
    assertThat(told).containsExactly("sweep ended as COMPLETE");
  }
}
