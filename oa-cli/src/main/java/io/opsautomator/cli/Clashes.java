package io.opsautomator.cli;

import io.opsautomator.resource.Denylist;
import io.opsautomator.resource.Scope.AccountId;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskFile.Position;
import io.opsautomator.task.TaskFile.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Warns of tasks that can do nothing, since the deployment's deny list keeps them from it. */
final class Clashes {
  private static final String CODE = "WARN_TASK";

  private Clashes() {}

  /** The same, with more warnings. */
  static Parsed warned(Parsed parsed, Denylist deny) {
    List<Problem> warnings = new ArrayList<>(parsed.warnings());
    for (Located task : parsed.tasks()) {
      accounts(task.task(), deny).ifPresent(w -> warnings.add(at(parsed, task, "accounts", w)));
      tags(task.task(), deny).ifPresent(w -> warnings.add(at(parsed, task, "tagFilter", w)));
    }
    return new Parsed(parsed.file(), parsed.tasks(), parsed.unread(), parsed.problems(), warnings);
  }

  private static Optional<String> accounts(Task task, Denylist deny) {
    String denied =
        task.target().accounts().stream()
            .filter(deny::deniesAccount)
            .map(AccountId::value)
            .collect(Collectors.joining(", "));
    return denied.isEmpty()
        ? Optional.empty()
        : Optional.of("the deny list has " + denied + ": every run of the task will fail");
  }

  /** Only the same filter is certain to select what is denied. */
  private static Optional<String> tags(Task task, Denylist deny) {
    Optional<TagFilter> filter = task.target().tags();
    return filter
        .filter(deny.tags()::contains)
        .map(same -> "selects what the deny list keeps away, by the same filter: nothing");
  }

  private static Problem at(Parsed parsed, Located task, String field, String message) {
    Position at = task.positions().of(field);
    return new Problem(
        parsed.file(), at.line(), at.column(), CODE, task.path() + "." + field, message);
  }
}
