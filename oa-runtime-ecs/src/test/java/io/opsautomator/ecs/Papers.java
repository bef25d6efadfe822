package io.opsautomator.ecs;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Something to work on: so many papers, and an action whose body each test writes for itself. */
record Papers(int count) implements ResourceSelector<Papers.Paper> {
  static final TaskName TASK = new TaskName("papers");
  private static final ResourceType<Paper> TYPE =
      new ResourceType<>("desk", "Papers", Paper.class, true);

  record Paper(int number) {}

  static Task task() {
    return Task.named(TASK.value()).action("Write").where("*").build();
  }

  static String id(ActionContext<Writing.Params> context) {
    return context.resource(TYPE).id();
  }

  @Override
  public ResourceType<Paper> type() {
    return TYPE;
  }

  @Override
  public Listing<Paper> list(Invocation caller, Query query, Optional<String> token) {
    return new Listing<>(
        IntStream.range(0, count)
            .mapToObj(
                i -> new Resource<>(TYPE, "paper-" + i, caller.scope(), Map.of(), new Paper(i)))
            .toList(),
        Optional.empty());
  }

  record Writing(Consumer<ActionContext<Params>> body) implements Action<Writing.Params> {
    record Params() {
      static final Params DEFAULTS = new Params();
    }

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Write", Params.DEFAULTS)
          .titled("Write", "Writes on papers")
          .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b19")
          .selects(TYPE, Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      body.accept(context);
      return Outcome.of(id(context), Evidence.confirmed("written"));
    }
  }
}
