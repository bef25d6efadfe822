package io.opsautomator.cli;

import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.Overrides;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskValidator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What one run is to do differently from its task, as the command line says it. */
final class OverrideOptions {
  @Option(
      names = "--with",
      paramLabel = "NAME=VALUE",
      mapFallbackValue = "",
      description =
          "Another value of a parameter, for this run only; with an empty one, its default. May be"
              + " given several times.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--filter",
      paramLabel = "TAGS",
      description = "Another tag filter, for this run only.")
  private Optional<String> filter = Optional.empty();

  @Option(
      names = "--accounts",
      paramLabel = "ACCOUNT",
      split = ",",
      description = "Only these accounts, for this run only; 'this' is your own.")
  private List<String> accounts = List.of();

  @Option(
      names = "--regions",
      paramLabel = "REGION",
      split = ",",
      description = "Only these regions, for this run only; '*' for all.")
  private List<String> regions = List.of();

  Overrides overrides() {
    Overrides all = Overrides.NONE;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      all = all.with(parameter.getKey().strip(), parameter.getValue());
    }
    all = filter.isPresent() ? all.where(filter.get()) : all;
    all = accounts.isEmpty() ? all : all.accounts(accounts.toArray(String[]::new));
    return regions.isEmpty() ? all : all.regions(regions.toArray(String[]::new));
  }

  boolean given() {
    return !overrides().none();
  }

  /**
   * The tasks as they are to be run.
   *
   * @throws Failure if they are several, and it cannot be told which is meant
   * @throws InvalidTaskException naming all that is wrong
   */
  List<Task> applyTo(List<Task> tasks, Surroundings world) {
    if (!given()) {
      return tasks;
    }
    if (tasks.size() != 1) {
      throw Failure.badInput(
          "--with, --filter, --accounts and --regions change one task; name it with --task");
    }
    Task changed = overrides().applyTo(tasks.get(0));
    TaskValidator.Report report =
        new TaskValidator(Catalog.offline()).validate(changed, world.clock().instant());
    if (!report.valid()) {
      throw new InvalidTaskException(changed.name().value(), report.violations());
    }
    return List.of(changed);
  }
}
