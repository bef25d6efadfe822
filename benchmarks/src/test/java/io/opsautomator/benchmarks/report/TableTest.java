package io.opsautomator.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.benchmarks.report.Results.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JMH writes, and what becomes of it. */
final class TableTest {
  private static final String RUN =
      """
      [{"benchmark": "io.example.CronBenchmark.next", "threads": 1, "params": {"library": "ours"},
        "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[50, 60, 70], [40, 50, 60]]},
        "secondaryMetrics": {
          "cpu": {"rawData": [[10, 10, 90], [20, 20, 20], [12, 11, 13]]},
          "·gc.alloc.rate.norm": {"rawData": [[0.001], [0.002], [0.001]]}}},
       {"benchmark": "io.example.CronBenchmark.next", "threads": 8, "params": {"library": "peer"},
        "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[500]]},
        "secondaryMetrics": {"cpu": {"rawData": [[100], [200], [120]]}}}]
      """;

  @TempDir Path folder;

  @Test
  void aFigureIsTheMedianOfItsForksAndGoesFromTheBestToTheWorst() throws IOException {
    assertThat(results().sample("CronBenchmark.next:ours", Figure.CPU))
        .hasValueSatisfying(sample -> assertThat(Numbers.spread(sample)).isEqualTo("12 (10..20)"));
  }

  @Test
  void aRatioIsThatOfTheMediansBetweenThoseOfTheWorstPairs() throws IOException {
    Target target =
        Target.times("1", "next", "CronBenchmark.next:ours", "CronBenchmark.next:peer@8", 8);

    assertThat(lines(target))
        .last()
        .isEqualTo("| 1 | next | 12 (10..20) | 120 (100..200) | 10 (5..20)      | >= 8x  | met |");
  }

  @Test
  void whatIsNotReachedIsSaid() throws IOException {
    Target slow = Target.atMost("3", "next", Figure.CPU, "CronBenchmark.next:ours", 5, "ns");
    Target lean = Target.atMost("3", "next", Figure.BYTES, "CronBenchmark.next:ours", 0.1, "B");

    assertThat(lines(slow)).last().asString().contains("<= 5 ns", "**missed**");
    assertThat(lines(lean)).last().asString().contains("<= 0.10 B", "met");
  }

  @Test
  void whatWasNotRunIsSaid() throws IOException {
    Target target = Target.times("1", "next", "CronBenchmark.next:ours", "Nobody.next", 8);

    assertThat(lines(target)).last().asString().contains("not run");
  }

  @Test
  void aPageKeepsWhatWasWrittenByHand() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "before\n<!-- generated: targets -->\nold\n<!-- end -->\nafter\n");

    Page.read(page).with("targets", "new\n").write();

    assertThat(page).hasContent("before\n<!-- generated: targets -->\nnew\n<!-- end -->\nafter\n");
    assertThatThrownBy(() -> Page.read(page).with("figures", ""))
        .hasMessageContaining("<!-- generated: figures -->");
  }

  private List<String> lines(Target target) throws IOException {
    return Table.ofTargets(List.of(target), results()).lines().toList();
  }

  private Results results() throws IOException {
    return Results.read(List.of(Files.writeString(folder.resolve("run.json"), RUN)));
  }
}
