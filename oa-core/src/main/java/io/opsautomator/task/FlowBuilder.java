package io.opsautomator.task;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a task's builder that is about its {@link Flow}. */
final class FlowBuilder {
  private final Findings findings;
  private final String task;
  private final Map<TaskName, After> after = new LinkedHashMap<>();
  private Optional<Amount> share = Optional.empty();
  private Optional<Boolean> recheck = Optional.empty();

  FlowBuilder(Findings findings, String task) {
    this.findings = findings;
    this.task = task;
  }

  void after(String name, List<After.End> when) {
    Set<After.End> ends = EnumSet.noneOf(After.End.class);
    ends.addAll(when.isEmpty() ? List.of(After.End.SUCCEEDED) : when);
    Optional<TaskName> other = findings.read("ERR_NO_TASK_NAME", "after", name, TaskName::checked);
    if (name.equals(task)) {
      findings.wrong("ERR_TASK_CYCLE", "after", "a task cannot follow itself; use an interval");
    } else if (other.isPresent() && after.put(other.get(), new After(other.get(), ends)) != null) {
      findings.wrong(
          "ERR_VALIDATING_TASK_PARAMETERS",
          "after",
          "'" + name + "' is given twice; name all ends in one 'when'");
    }
  }

  void share(Amount percentage) {
    findings.once("concurrency");
    share = Optional.of(percentage);
  }

  void recheck(boolean wanted) {
    findings.once("recheck");
    recheck = Optional.of(wanted);
  }

  /** To be called only if nothing was found. */
  Flow build() {
    Flow flow = new Flow(List.copyOf(after.values()), share, recheck);
    return flow.any() ? flow : Flow.NONE;
  }
}
