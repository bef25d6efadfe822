package io.opsautomator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.report.Past.End;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

  @TempDir Path folder;
  private Past past;

  @BeforeEach
  void open() {
    past = new Past(folder);
  }

  @AfterEach
  void close() {
    past.close();
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  @Test
  void tellsHowManyRanAndWhatCameOfThem() {
    past.run("nightly", hours(1), State.COMPLETE, End.WELL, End.WELL);
    past.run(
        "nightly", hours(25), State.PARTIAL, End.WELL, End.badly("NoRoomAtAll: there is none"));

    String page = past.page();

    assertThat(page)
        .contains("2 runs of 1 task in 1 d")
        .contains("<dd data-figure=\"executions\">4</dd>")
        .contains("<dd data-figure=\"failed\">1</dd>")
        .contains("<strong class=\"cause\">NoRoomAtAll</strong>")
        .contains("nightly: 2 runs, 1 partial");
  }

  @Test
  void whatWasCancelledDidNotFailAndIsNoPartOfTheShare() {
    past.run("nightly", hours(1), State.COMPLETE, End.WELL, End.WELL);
    past.run("nightly", hours(2), State.CANCELLED, End.WELL, End.CANCELLED, End.CANCELLED);

    assertThat(past.page())
        .contains("; 100 % of the 3 that ended succeeded, 2 were cancelled.")
        .contains("<dd data-figure=\"failed\">0</dd>")
        .contains("<dd data-figure=\"cancelled\">2</dd>")
        .contains("<dd data-figure=\"rest\">0</dd>")
        .contains("1 succeeded, 2 cancelled");
  }

  @Test
  void callsOfTheFirstMinuteCountThoughItBeganBeforeTheFirstRun() {
    Run run = past.run("nightly", hours(1).plusSeconds(31), State.COMPLETE, End.WELL);
    for (int minute = 0; minute < 3; minute++) {
      Instant at = Past.BEGIN.plus(hours(1)).plusSeconds(60L * minute);
      past.tell(new AuditEvent.Called(at, Subject.run(run), 100, 10, 1));
    }

    assertThat(past.page())
        .contains("<dd data-figure=\"calls\">300</dd>")
        .contains("<dd data-figure=\"throttled\">3</dd>");
  }

  @Test
  void utcIsCalledThatWhicheverOfItsNamesWasGiven() throws IOException {
    assertThat(past.report().zone(ZoneId.of("Etc/UTC")).read().html())
        .contains("(UTC)")
        .doesNotContain("(Etc/UTC");
  }

  @Test
  void failuresOfOneCauseAreToldOnceWithSomeExamples() {
    List<End> ends = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ends.add(End.badly("i-0abc" + (10_000 + i) + " is not there"));
    }
    past.run("nightly", hours(1), State.FAILED, "", ends);

    String page = past.page();

    assertThat(page)
        .contains("<strong>30 executions</strong>")
        .contains("5 of 30 failed executions", "oa history --run run0 lists them");
    assertThat(page.split("<details class=\"story\"", -1)).hasSize(1 + 5 + 5);
  }

  @Test
  void anExecutionIsToldStepByStep() {
    past.run("nightly", hours(1), State.PARTIAL, End.badly("NoRoomAtAll: none"));

    assertThat(past.page())
        .contains("<strong>learnt look</strong>")
        .contains("<span class=\"offset\">+20 s</span>")
        .contains("<strong>failed</strong>");
  }

  @Test
  void anExecutionThatIsTriedAgainIsToldFromItsFirstBeginAndCountedWhileAtWork() {
    Run run = past.run("nightly", hours(1), State.COMPLETE);
    Subject of = Subject.run(run).execution(new ExecutionId("again"));
    Instant at = Past.BEGIN.plus(hours(1));
    past.store.executions().create(List.of(past.ended("again", run)));
    past.moved(of, at, Status.WAITING, Status.RUNNING, "");
    past.moved(of, at.plusSeconds(10), Status.RUNNING, Status.WAITING, "tried again in 20 s");
    past.moved(of, at.plusSeconds(30), Status.WAITING, Status.RUNNING, "");
    past.moved(of, at.plusSeconds(40), Status.RUNNING, Status.SUCCEEDED, "");

    assertThat(past.page())
        .contains("<strong>queued again</strong>", "tried again in 20 s")
        .contains("<strong>started again</strong>", "+40 s")
        .contains("at most 1 at work");
  }

  @Test
  void ofManyCausesTheMostFrequentAreSeenAtOnceAndFewExamplesAreTold() {
    List<End> ends = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      ends.add(End.badly("Cause" + letters(i % 150) + "Failed: no"));
    }
    past.run("nightly", hours(1), State.FAILED, "", ends);

    String page = past.page();

    assertThat(page).contains("more that went wrong less often", Failures.OTHER);
    assertThat(page.split("<details class=\"story\"", -1).length).isLessThan(80);
  }

  private static String letters(int number) {
    return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
  }

  @Test
  void noTextOfAStrangerBecomesMarkup() {
    Run run =
        past.run(
            "nightly",
            hours(1),
            State.FAILED,
            HOSTILE,
            List.of(End.badly(HOSTILE), End.badly("Code" + HOSTILE + ": " + HOSTILE)));
    Subject of = Subject.run(run);
    past.tell(
        new AuditEvent.Unreadable(
            Past.BEGIN.plus(hours(1)), of, Scope.of("111122223333", "eu-west-1"), HOSTILE));
    past.run("quiet", hours(2), State.PASSED, HOSTILE, List.of());

    String page = past.page();

    assertThat(page).contains("&lt;img src=x onerror=alert(2)&gt;").doesNotContain("<img");
    assertThat(page.split("</script>", -1)).hasSize(3);
    assertThat(page.split("<script", -1)).hasSize(3);
  }

  @Test
  void theDataOfTheScriptCannotEndIt() {
    assertThat(
            ScriptData.write(
                new JsonMapper().createObjectNode().put("name", "</script>&\u2028\u2029<!--")))
        .doesNotContain("<", ">", "&", "\u2028", "\u2029")
        .contains("\\u003C/script\\u003E", "\\u2028");
  }

  @Test
  void nothingOfTheJournalButItsStepsIsShown() {
    past.run("nightly", hours(1), State.PARTIAL, End.badly("NoRoomAtAll: none"));

    assertThat(past.page()).doesNotContain("kept to itself");
  }

  @Test
  void admitsNoScriptAndNoStyleButItsOwnAndNoRequestAtAll() {
    String page = past.page();

    assertThat(page)
        .contains("http-equiv=\"Content-Security-Policy\"")
        .contains("default-src &#39;none&#39;")
        .doesNotContain("unsafe-inline", " style=\"", "<link", "@import", "url(")
        .doesNotContainPattern("(src|href)=\"(?!#)")
        .doesNotContainPattern(" on[a-z]+=\"");
  }

  @Test
  void anEmptyStoreGivesAPageThatSaysSo() {
    assertThat(past.page())
        .contains("Nothing ran in this period.")
        .contains("No run in this period.");
  }

  @Test
  void withoutAnAuditFileItSaysWhatIsMissing() throws IOException {
    past.run("nightly", hours(1), State.COMPLETE, End.WELL);

    String page = Report.of(past.store, Past.BEGIN.plus(hours(9))).read().html();

    assertThat(page)
        .contains("there was none beside the store")
        .contains("there was no audit file")
        .contains("<dd data-figure=\"succeeded\">1</dd>");
  }

  @Test
  void linesOfTheAuditThatCannotBeReadAreCounted() throws IOException {
    past.run("nightly", hours(1), State.COMPLETE, End.WELL);
    Files.writeString(
        past.file,
        "no json\n[]\n{\"at\":\"yesterday\"}\n{\"at\":\"2026",
        StandardOpenOption.APPEND);

    assertThat(past.page()).contains("4 lines of the audit file could not be read");
  }

  @Test
  void anEventThatIsThereTwiceCountsOnce() throws IOException {
    past.run("nightly", hours(1), State.COMPLETE, End.WELL);
    String once = past.page();
    Files.writeString(
        past.file,
        Files.readString(past.file).lines().findFirst().orElseThrow()
            + "\n"
            + Files.readString(past.file));

    assertThat(past.page()).isEqualTo(once);
  }

  @Test
  void oneTaskAndOnePeriodCanBeAskedFor() throws IOException {
    past.run("nightly", hours(1), State.COMPLETE, End.WELL);
    past.run("nightly", hours(30), State.COMPLETE, End.WELL);
    past.run("weekly", hours(31), State.COMPLETE, End.WELL);

    assertThat(past.report().task(new TaskName("nightly")).read().runs()).isEqualTo(2);
    assertThat(past.report().since(Past.BEGIN.plus(hours(24))).read().runs()).isEqualTo(2);
  }

  @Test
  void runsThatDidNothingAreListedWithWhy() {
    past.run("nightly", hours(1), State.PASSED, "the run before was open still", List.of());
    past.run("nightly", hours(2), State.COMPLETE);

    assertThat(past.page())
        .contains("the run before was open still")
        .contains("nothing was selected")
        .doesNotContain("Every run had something to do.");
  }

  @Test
  void isWrittenInThePlaceOfAnOlderOneAndNotThroughALink() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "untouched");
    Path out = Files.createSymbolicLink(folder.resolve("report.html"), other);

    past.report().read().writeTo(out);

    assertThat(other).hasContent("untouched");
    assertThat(out).content().startsWith("<!DOCTYPE html>");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().matches(".*report\\d.*"));
  }

  @Test
  void carriesTheLicenceOfTheChartsInIt() {
    assertThat(past.page()).contains("The MIT License (MIT)", "Leon Sorokin");
  }

  @Test
  void aHundredThousandExecutionsMakeASmallPageThatSaysWhatIsLeftOut() throws IOException {
    for (int run = 0; run < 100; run++) {
      List<End> ends = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        ends.add(i % 20 == 0 ? End.badly("Cause" + (i % 60) + "Failed: x" + i) : End.WELL);
      }
      past.run("task-" + run % 9, Duration.ofMinutes(30L * run), State.PARTIAL, "", ends);
    }

    Report report = past.report().read();

    assertThat(report.executions()).isEqualTo(100_000);
    assertThat(report.html().length()).isLessThan(5_000_000);
    assertThat(report.html()).contains("What is not shown");
  }
}
