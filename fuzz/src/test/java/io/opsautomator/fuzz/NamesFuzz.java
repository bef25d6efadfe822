package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.action.Permission;
import io.opsautomator.resource.OptOut;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.resource.TaskList;
import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text as everything that has a name or a form of its own: tasks, accounts, regions, roles, ARNs
 * with placeholders, tag names, task lists.
 */
final class NamesFuzz {
  private NamesFuzz() {}

  static void check(String input) {
    reads(input, TaskName::new, TaskName::value);
    reads(input, Scope.AccountId::new, Scope.AccountId::value);
    reads(input, Scope.Region::new, Scope.Region::value);
    reads(input, text -> Permission.on(text, "ec2:StopInstances"), Permission::resource);
    reads(input, NamesFuzz::scope, Scope::key);
    taskList(input);
    OptOut.isIn(Map.of(OptOut.TAG, input));
    TagChanges changes = TagChanges.of(Map.of(input, "x"));
    claim(changes.isEmpty() == TagChanges.isReserved(input), "a reserved name");
    task(input);
  }

  private static Scope scope(String text) {
    int slash = Math.max(0, text.indexOf('/'));
    return Scope.of(text.substring(0, slash), text.substring(Math.min(text.length(), slash + 1)));
  }

  /** Either refuses the text, or is another form of it. */
  private static <T> void reads(String text, Function<String, T> read, Function<T, String> write) {
    try {
      claim(write.apply(read.apply(text)).equals(text), "does not read back");
    } catch (IllegalArgumentException e) {
      claim(!String.valueOf(e.getMessage()).isBlank(), "refused without a word");
    }
  }

  private static void taskList(String text) {
    Set<String> names = TaskList.parse(text).names();
    claim(TaskList.parse(String.join(",", names)).names().equals(names), "another list");
    claim(names.stream().noneMatch(name -> name.isEmpty() || name.indexOf(',') >= 0), "" + names);
  }

  private static void task(String text) {
    try {
      Task task =
          Task.named(text)
              .action(text)
              .regions(text)
              .accounts(text)
              .role(text)
              .externalId(text)
              .where(text)
              .with("Text", text)
              .build();
      claim(task.name().value().equals(text), "another name");
    } catch (InvalidTaskException e) {
      Set<String> fields =
          e.violations().stream().map(Violation::field).collect(Collectors.toSet());
      claim(!fields.isEmpty(), "invalid without a reason");
    }
  }
}
