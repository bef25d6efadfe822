package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.ActionException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.plan.Plan;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of strangers, in what is shown. */
final class ToldTest {
  private static final TaskName TASK = new TaskName("t");
  private final StringWriter shown = new StringWriter();
  private final PrintWriter out = new PrintWriter(shown, true);

  private static String evil(String harmful) {
    return "x" + harmful + "error: forged";
  }

  private void isHarmless() {
    String text = shown.toString();
    assertThat(text).contains("forged");
    assertThat(text.split("\\R")).noneMatch(line -> line.startsWith("error: forged"));
    assertThat(text.codePoints().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202e);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\r", "\r\n", "\u001b[2K\r", "\u009b2K", "\u2028", "\u202e", "\u0085"})
  void noneOfThemForgesALine(String harmful) {
    String evil = evil(harmful);
    new PlanText(out, Style.PLAIN)
        .summary(new Plan(TASK, CommandLineRun.NOW, List.of(), List.of(evil), "h"));
    Run.Cause cause =
        new Run.Cause(1, "{}", new Trigger.Manual("r", "me"), CommandLineRun.NOW, Run.Missed.NONE);
    new HistoryText(out, Style.PLAIN)
        .runs(
            List.of(
                new CountedRun(
                    new Run(
                        new RunId("R"),
                        TASK,
                        cause,
                        Run.State.FAILED,
                        CommandLineRun.NOW,
                        Run.Summary.of(evil),
                        Run.Drive.FIRST),
                    0)));
    out.println(Explanation.of(new ActionException("Denied", evil)).message());
    out.println(Json.line(Map.of("reason", evil)));
    isHarmless();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\u001b[2K\r"})
  void nothingThatIsLoggedOrReportedForgesALine(String harmful) {
    String evil = evil(harmful);
    Logging.setUp(out);
    Logger.getLogger("io.opsautomator.test").warning(evil);
    Surroundings world =
        new Surroundings(
            new BufferedReader(new StringReader("")),
            out,
            out,
            Surroundings.Terminals.NONE,
            Map.of(),
            InstantSource.fixed(CommandLineRun.NOW));
    Progress progress = new Progress(world);
    AuditEvent.Subject of = AuditEvent.Subject.task(TASK);
    progress.accept(
        new AuditEvent.Moved(
            CommandLineRun.NOW, of, Execution.Status.RUNNING, Execution.Status.FAILED, evil));
    progress.accept(
        new AuditEvent.Unreadable(
            CommandLineRun.NOW, of, Scope.of("111122223333", "eu-west-1"), evil));
    progress.accept(new AuditEvent.Warned(CommandLineRun.NOW, of, "W", evil));
    isHarmless();
  }

  @Test
  void ourOwnMessagesKeepTheirLines() {
    assertThat(Told.lines("a\nb\u001b[0m\n  ^")).isEqualTo("a\nb [0m\n  ^");
  }

  @Test
  void initWritesThroughNoLink(@TempDir Path folder) throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Path link = Files.createSymbolicLink(folder.resolve("tasks.yaml"), elsewhere);

    CommandLineRun.oa("init", link.toString()).failsPlainly(2);

    assertThat(elsewhere).doesNotExist();
  }
}
