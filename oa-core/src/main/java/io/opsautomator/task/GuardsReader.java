package io.opsautomator.task;

import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.util.Optional;

/** The fields of a task that say how far a run may go. */
final class GuardsReader {
  private final TaskReader task;

  GuardsReader(TaskReader task) {
    this.task = task;
  }

  void read(TaskBuilder builder) {
    task.text(TaskField.MAX_RESOURCES).ifPresent(builder::maxResources);
    task.text(TaskField.MAX_ERRORS).ifPresent(builder::maxErrors);
    task.number(TaskField.MAX_PER_ACCOUNT).ifPresent(builder::maxPerAccount);
    task.number(TaskField.MAX_PER_REGION).ifPresent(builder::maxPerRegion);
    task.value(TaskField.MAX_SHRINK).flatMap(this::percent).ifPresent(builder::maxShrink);
    task.text(TaskField.CANARY).ifPresent(builder::canary);
    task.text(TaskField.WAVES).ifPresent(builder::waves);
    task.value(TaskField.PAUSE)
        .flatMap(value -> task.duration("ERR_INVALID_PAUSE", "pause", value))
        .ifPresent(builder::pause);
    task.value(TaskField.APPROVE)
        .flatMap(value -> task.bool("approve", value))
        .filter(wanted -> wanted)
        .ifPresent(wanted -> builder.approve());
  }

  /** With or without its sign. */
  private Optional<Integer> percent(SourceNode value) {
    if (value instanceof Scalar s && s.text().trim().matches("[0-9]{1,9}%?")) {
      return Optional.of(Integer.valueOf(s.text().trim().replace("%", "")));
    }
    String shown = TaskReader.shown(value);
    task.wrong(
        "ERR_INVALID_AMOUNT", value, "maxShrink", shown + " is not a percentage, such as 30%");
    return Optional.empty();
  }
}
