package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What one run does differently from its task: with other parameters, or on other resources. The
 * stored task stays as it is. Immutable; nothing is checked before {@link #applyTo}.
 */
public final class Overrides {
  /** The run does what the task says. */
  public static final Overrides NONE =
      new Overrides(Map.of(), Optional.empty(), List.of(), List.of());

  private static final String HERE = "this";

  private final Map<String, Object> parameters;
  private final Optional<String> filter;
  private final List<String> accounts;
  private final List<String> regions;

  private Overrides(
      Map<String, Object> parameters,
      Optional<String> filter,
      List<String> accounts,
      List<String> regions) {
    this.parameters = parameters;
    this.filter = filter;
    this.accounts = accounts;
    this.regions = regions;
  }

  /**
   * Another value of a parameter, by any of its spellings, as in a task file; the last one given
   * counts. A text is read by the parameter's type; an empty one stands for the default.
   */
  public Overrides with(String parameter, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(parameters);
    more.keySet().removeIf(name -> normal(name).equals(normal(parameter)));
    more.put(parameter, value);
    return new Overrides(more, filter, accounts, regions);
  }

  /** Another tag filter. */
  public Overrides where(String tags) {
    return new Overrides(parameters, Optional.of(tags), accounts, regions);
  }

  /** These accounts instead of the task's; 12 digits each, {@code this} for the engine's own. */
  public Overrides accounts(String... instead) {
    return new Overrides(parameters, filter, List.of(instead), regions);
  }

  /** These regions instead of the task's, or {@code *} alone. */
  public Overrides regions(String... instead) {
    return new Overrides(parameters, filter, accounts, List.of(instead));
  }

  public boolean none() {
    return parameters.isEmpty() && !retarget();
  }

  /** Whether the run is about other resources than its task. */
  public boolean retarget() {
    return filter.isPresent() || !accounts.isEmpty() || !regions.isEmpty();
  }

  /**
   * The task as it is for the run. What its action demands is the {@link TaskValidator}'s to check.
   * On other resources it has no {@code maxShrink}: no earlier run can be compared with it.
   *
   * @throws InvalidTaskException naming every value that no task may have
   */
  public Task applyTo(Task task) {
    Task given = read(task);
    Task.Target was = task.target();
    Task.Target target =
        new Task.Target(
            accounts.isEmpty() ? was.thisAccount() : accounts.contains(HERE),
            accounts.isEmpty() ? was.accounts() : given.target().accounts(),
            regions.isEmpty() ? was.regions() : given.target().regions(),
            was.role(),
            was.externalId(),
            filter.isEmpty() ? was.tags() : given.target().tags(),
            was.attributes());
    Map<String, Object> all = new LinkedHashMap<>(task.work().parameters());
    given
        .work()
        .parameters()
        .forEach(
            (name, value) -> {
              all.keySet().removeIf(other -> normal(other).equals(normal(name)));
              all.put(name, value);
            });
    Task.Work work = new Task.Work(task.work().action(), all);
    Guards guards = retarget() ? task.guards().withoutMaxShrink() : task.guards();
    return new Task(
        task.name(), work, target, task.when(), task.limits(), guards, task.options(), task.flow());
  }

  /** A task of nothing but these values: the builder knows what is wrong with them. */
  private Task read(Task task) {
    TaskBuilder builder = new TaskBuilder(task.name().value()).action(task.work().action());
    parameters.forEach(builder::with);
    filter.ifPresent(builder::where);
    builder.accounts(accounts.stream().filter(a -> !a.equals(HERE)).toArray(String[]::new));
    if (!regions.isEmpty()) {
      builder.regions(regions.toArray(String[]::new));
    }
    return builder.build();
  }

  /** Parameters may be spelt in several ways. */
  private static String normal(String parameter) {
    return parameter.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** In words, for people: what is different. Secrets are masked. */
  public String describe(ParameterSchema<?> schema) {
    StringJoiner words = new StringJoiner(", ");
    schema.masked(parameters).forEach((name, value) -> words.add(name + "=" + value));
    filter.ifPresent(tags -> words.add("tagFilter=" + tags));
    if (!accounts.isEmpty()) {
      words.add("accounts=" + String.join(",", accounts));
    }
    if (!regions.isEmpty()) {
      words.add("regions=" + String.join(",", regions));
    }
    return words.toString();
  }

  /** Names only: which of the parameters are secret, the action knows. */
  @Override
  public String toString() {
    return "Overrides" + parameters.keySet() + (retarget() ? " and another target" : "");
  }
}
