package io.opsautomator.testkit.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What a campaign has explored and found, as Markdown. */
final class Report {
  private static final int SHOWN = 50;

  private final Campaign.Findings found;
  private final String mutant;
  private final Shelf shelf;
  private final double seconds;
  private final StringBuilder text = new StringBuilder();

  Report(Campaign.Findings found, String mutant, Shelf shelf, double seconds) {
    this.found = found;
    this.mutant = mutant;
    this.shelf = shelf;
    this.seconds = seconds;
  }

  String markdown() {
    line("# Simulated worlds");
    line(
        "%d seeds in %.0f s: %.0f a second. Store: %s. Defect planted: %s. Violations: %d.",
        found.worlds(),
        seconds,
        found.worlds() / seconds,
        shelf.title(),
        mutant,
        found.failures().size());
    failures();
    measures();
    faults();
    features();
    transitions();
    return text.toString();
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values)).append("\n\n");
  }

  private void head(String title, String... columns) {
    text.append("## ").append(title).append("\n\n| ");
    text.append(String.join(" | ", columns)).append(" |\n|");
    text.append("---|".repeat(columns.length)).append('\n');
  }

  private void row(Object... cells) {
    text.append('|');
    for (Object cell : cells) {
      String shown =
          cell instanceof Double d ? "%.2f".formatted(d) : String.valueOf(cell).replace("|", "\\|");
      text.append(' ').append(shown).append(" |");
    }
    text.append('\n');
  }

  private double each(long count) {
    return count / (double) Math.max(1, found.worlds());
  }

  private void failures() {
    List<WorldResult> failures = found.failures();
    if (failures.isEmpty()) {
      return;
    }
    head("Violations", "seed", "violated", "replay");
    for (WorldResult failed : failures.subList(0, Math.min(SHOWN, failures.size()))) {
      Simulation simulation = Simulation.of(failed.seed()).withMutant(mutant).on(shelf);
      row(
          failed.seed(),
          String.valueOf(failed.failure().orElseThrow().getMessage()),
          "`" + simulation.command() + "`");
    }
    text.append('\n');
  }

  private void measures() {
    head("A world", "", "least", "on average", "most");
    found.measures().forEach((what, all) -> row(what, all[0], each(all[2]), all[1]));
    text.append('\n');
  }

  private void faults() {
    Map<Fault, Long> counts = found.counts();
    head("Faults", "kind", "all", "a world");
    for (Fault fault : Fault.values()) {
      long count = counts.getOrDefault(fault, 0L);
      row(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '), count, each(count));
    }
    text.append('\n');
  }

  private void features() {
    head("Kinds of worlds", "with", "worlds");
    found.features().forEach(this::row);
    text.append('\n');
  }

  private void transitions() {
    Map<String, Long> counts = found.coverage().counts();
    TreeSet<String> never = new TreeSet<>(Transitions.expected());
    never.removeAll(counts.keySet());
    head("Transitions", "rule: found -> left", "times");
    counts.forEach(this::row);
    text.append('\n');
    line("Of %d that the engine is known to make, never seen: %d.", expected(), never.size());
    never.forEach(transition -> text.append("* ").append(transition).append('\n'));
  }

  private static int expected() {
    return Transitions.expected().size();
  }
}
