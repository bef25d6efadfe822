package io.opsautomator.benchmarks.report;

import io.opsautomator.benchmarks.report.Results.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Figures beside their targets, and all figures, as Markdown that is read well in a terminal. */
final class Table {
  private static final List<String> TARGETS =
      List.of("#", "what", "ours", "beside", "ratio or figure", "wanted", "");
  private static final List<String> FIGURES =
      List.of("benchmark", "score", "processor, ns", "process, ns", "bytes");

  private Table() {}

  /** One line for each target; one that was not run says so. */
  static String ofTargets(List<Target> targets, Results results) {
    return markdown(TARGETS, targets.stream().map(target -> line(target, results)).toList());
  }

  private static List<String> line(Target target, Results results) {
    Optional<Sample> ours = results.sample(target.ours(), target.figure());
    Optional<Sample> peer = target.peer().flatMap(name -> results.sample(name, target.figure()));
    Optional<Sample> compared =
        target.peer().isEmpty()
            ? ours
            : ours.flatMap(mine -> peer.map(theirs -> ratio(target, mine, theirs)));
    return List.of(
        target.row(),
        target.what(),
        ours.map(Numbers::spread).orElse("-"),
        peer.map(Numbers::spread).orElse("-"),
        compared.map(Numbers::spread).orElse("not run"),
        target.goal().toString(),
        compared.map(sample -> verdict(target, sample)).orElse("-"));
  }

  private static Sample ratio(Target target, Sample ours, Sample peer) {
    return target.goal().sense() == Target.Sense.TIMES_LESS
        ? peer.dividedBy(ours)
        : ours.dividedBy(peer);
  }

  private static String verdict(Target target, Sample compared) {
    return target.goal().isMet(compared.median()) ? "met" : "**missed**";
  }

  /** One line for each benchmark that was run. */
  static String ofFigures(Results results) {
    return markdown(FIGURES, results.names().stream().map(name -> line(name, results)).toList());
  }

  private static List<String> line(String name, Results results) {
    return List.of(
        name,
        text(results, name, Figure.SCORE) + " " + results.unit(name),
        text(results, name, Figure.CPU),
        text(results, name, Figure.PROCESS),
        results.sample(name, Figure.BYTES).map(s -> Numbers.text(s.median())).orElse("-"));
  }

  private static String text(Results results, String name, Figure figure) {
    return results.sample(name, figure).map(Numbers::spread).orElse("-");
  }

  private static String markdown(List<String> head, List<List<String>> lines) {
    List<List<String>> all = new ArrayList<>(List.of(head));
    all.addAll(lines);
    int[] widths = new int[head.size()];
    for (List<String> line : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    all.add(1, rule);
    return all.stream().map(line -> padded(line, widths)).collect(Collectors.joining());
  }

  private static String padded(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append(' ').append(cells.get(i));
      line.append(" ".repeat(widths[i] - cells.get(i).length())).append(" |");
    }
    return line.append('\n').toString();
  }
}
