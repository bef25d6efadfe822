package io.opsautomator.benchmarks.report;

import io.opsautomator.benchmarks.cron.CronAgreement;
import io.opsautomator.benchmarks.filter.FilterAgreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the suite and prints the table of targets. Its arguments: {@code --quick} for short runs of
 * what a target names, {@code --only TEXT} for the stages whose expression has this text, {@code
 * --report} to run nothing and read what an earlier run has left in the folder, {@code --page FILE}
 * to put the tables into a page. The folder of results comes first.
 */
public final class Run {
  private Run() {}

  public static void main(String[] args) throws IOException, RunnerException {
    List<String> arguments = List.of(args);
    Path folder = Path.of(arguments.get(0));
    if (!arguments.contains("--report")) {
      checkAgreement();
      run(folder, stages(arguments));
    }
    Results results = Results.read(files(folder));
    String targets = Table.ofTargets(Targets.ALL, results);
    System.out.println("\n" + Table.ofFigures(results) + "\n" + targets);
    if (arguments.contains("--page")) {
      Page.read(Path.of(arguments.get(arguments.indexOf("--page") + 1)))
          .with("machine", machine())
          .with("targets", targets)
          .with("figures", Table.ofFigures(results))
          .write();
    }
  }

  /** A library that answers otherwise than ours is not slower or faster; it does something else. */
  private static void checkAgreement() {
    List<String> found =
        new ArrayList<>(
            CronAgreement.disagreements(
                List.of("jobrunr", "spring", "quartz", "cron-utils", "db-scheduler")));
    found.addAll(
        FilterAgreement.disagreements(
            List.of("spel-compiled", "spel-java", "mvel", "jmespath", "spel", "cel")));
    if (!found.isEmpty()) {
      throw new IllegalStateException("not the same answers: " + String.join("\n", found));
    }
  }

  private static List<Stage> stages(List<String> arguments) {
    int only = arguments.indexOf("--only");
    String text = only < 0 ? "" : arguments.get(only + 1);
    boolean quick = arguments.contains("--quick");
    return Suite.STAGES.stream()
        .filter(stage -> stage.include().contains(text))
        .filter(stage -> !quick || stage.counts())
        .map(stage -> quick ? stage.quick() : stage)
        .toList();
  }

  private static void run(Path folder, List<Stage> stages) throws IOException, RunnerException {
    Files.createDirectories(folder);
    for (Path old : files(folder)) {
      Files.delete(old);
    }
    for (int i = 0; i < stages.size(); i++) {
      String file = folder.resolve("stage-%02d.json".formatted(i)).toString();
      new Runner(stages.get(i).options(file)).run();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static String machine() {
    return "Measured on %s: Java %s, %d processors (%s).\n"
        .formatted(
            LocalDate.now(),
            System.getProperty("java.runtime.version"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"));
  }
}
