package io.opsautomator.engine.internal;

import io.opsautomator.action.Effects;
import io.opsautomator.action.Services;
import io.opsautomator.action.Texts;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.Task;
import io.opsautomator.text.ParameterStore;
import io.opsautomator.text.PlaceholderTexts;
import io.opsautomator.text.Placeholders;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Fills in placeholders for executions. Immutable. */
record TextSource(Settings settings, ParameterStore parameters) {

  /** The parameter store is looked for when a text first needs one. */
  static TextSource of(Settings settings, Services services) {
    return new TextSource(settings, names -> services.get(ParameterStore.class).lookUp(names));
  }

  /** What was looked up, as a fact. */
  private record LookedUp(Map<String, String> values) {}

  /** Most actions have none to fill in. */
  private record WhenAsked(Supplier<Texts> texts) implements Texts {
    @Override
    public Texts with(String placeholder, Object value) {
      return texts.get().with(placeholder, value);
    }

    @Override
    public String text(String template) {
      return texts.get().text(template);
    }

    @Override
    public TagChanges tags(String list) {
      return texts.get().tags(list);
    }
  }

  Texts of(Job<?> job, ExecutionId execution, Scope scope, Instant at, Effects effects) {
    return new WhenAsked(new Once<>(() -> filled(job, execution, scope, at, effects)));
  }

  private Texts filled(
      Job<?> job, ExecutionId execution, Scope scope, Instant at, Effects effects) {
    Task task = job.task();
    Placeholders common =
        Placeholders.at(at, zone(task))
            .in(scope)
            .stack(settings.deployment())
            .task(task.name().value(), execution.value())
            .taskTag(settings.taskListTag())
            .parameters(journalled(effects));
    return new PlaceholderTexts(with(common, job.before()));
  }

  private static Placeholders with(Placeholders common, Map<String, String> more) {
    Placeholders all = common;
    for (Map.Entry<String, String> each : more.entrySet()) {
      all = all.with(each.getKey(), each.getValue());
    }
    return all;
  }

  /**
   * Parameters decide what an action does, so a replay must see the same: each look-up is a fact,
   * made once.
   */
  private ParameterStore journalled(Effects effects) {
    Map<Set<String>, Map<String, String>> known = new HashMap<>();
    return names ->
        known.computeIfAbsent(
            Set.copyOf(names),
            asked ->
                effects
                    .fact(
                        "parameters/" + String.join(",", new TreeSet<>(asked)),
                        LookedUp.class,
                        () -> new LookedUp(parameters.lookUp(asked)))
                    .values());
  }

  private static ZoneId zone(Task task) {
    return task.when().schedules().stream()
        .filter(Schedule.Cron.class::isInstance)
        .map(schedule -> ((Schedule.Cron) schedule).zone())
        .findFirst()
        .orElse(ZoneOffset.UTC);
  }
}
