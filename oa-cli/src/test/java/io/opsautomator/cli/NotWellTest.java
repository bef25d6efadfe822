package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NotWellTest {
  private static final Subject RUN =
      new Subject(new TaskName("t"), Optional.of(new RunId("r")), Optional.empty());

  private final NotWell notWell = new NotWell();

  private void ended(String execution, Status as) {
    Subject of = RUN.execution(new ExecutionId(execution));
    notWell.add(new AuditEvent.Moved(CommandLineRun.NOW, of, Status.WAITING, as, ""));
  }

  private String words(Run.State state, int failed, int notStarted) {
    Run.Summary summary = Run.Summary.NONE.counting(0, failed, notStarted);
    return notWell.words(new AuditEvent.RunEnded(CommandLineRun.NOW, RUN, state, summary));
  }

  @Test
  void whatWasCancelledIsNotSaidToHaveFailed() {
    ended("a", Status.CANCELLED);
    ended("b", Status.CANCELLED);
    ended("b", Status.CANCELLED);
    ended("c", Status.TIMED_OUT);

    assertThat(words(Run.State.CANCELLED, 3, 0)).isEqualTo("1 failed, 2 cancelled");
  }

  @Test
  void whatNobodyHereHasSeenMayHaveBeenCancelled() {
    ended("a", Status.CANCELLED);

    assertThat(words(Run.State.CANCELLED, 3, 0)).isEqualTo("3 failed or cancelled");
    assertThat(words(Run.State.PARTIAL, 3, 2)).isEqualTo("3 failed, 2 not started");
  }
}
