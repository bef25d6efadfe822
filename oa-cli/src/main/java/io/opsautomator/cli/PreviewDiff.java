package io.opsautomator.cli;

import io.opsautomator.cli.Preview.Span;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an edit of a task file does to the runs to come: which are added, lost or moved.
 *
 * <p>A run is moved if on the same day, on the clock of its task, one of the same task is lost and
 * one is added; of several, the first lost goes with the first added.
 */
final class PreviewDiff {
  private final Span span;

  PreviewDiff(Span span) {
    this.span = span;
  }

  record Move(Instant from, Instant to) {}

  /** Of one task; in order. */
  record Change(
      String name, ZoneId zone, List<Instant> added, List<Instant> lost, List<Move> moved) {
    boolean any() {
      return !added.isEmpty() || !lost.isEmpty() || !moved.isEmpty();
    }
  }

  /** Of every task that is in either, and differs. */
  List<Change> changes(List<Preview> old, List<Preview> now) {
    Map<String, Preview> before = new LinkedHashMap<>();
    old.forEach(preview -> before.put(preview.name(), preview));
    List<Change> changes = new ArrayList<>();
    for (Preview preview : now) {
      Preview was = before.remove(preview.name());
      long[] runs = was == null ? new long[0] : was.runs(span);
      changes.add(change(preview, runs, preview.runs(span)));
    }
    before.values().forEach(gone -> changes.add(change(gone, gone.runs(span), new long[0])));
    return changes.stream().filter(Change::any).toList();
  }

  private static Change change(Preview preview, long[] old, long[] now) {
    List<Instant> lost = new ArrayList<>();
    List<Instant> added = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.length || j < now.length) {
      if (j == now.length || (i < old.length && old[i] < now[j])) {
        lost.add(Instant.ofEpochSecond(old[i++]));
      } else if (i == old.length || now[j] < old[i]) {
        added.add(Instant.ofEpochSecond(now[j++]));
      } else {
        i++;
        j++;
      }
    }
    return matched(preview, added, lost);
  }

  private static Change matched(Preview preview, List<Instant> added, List<Instant> lost) {
    ZoneId zone = preview.zone();
    List<Instant> onlyAdded = new ArrayList<>();
    List<Instant> onlyLost = new ArrayList<>();
    List<Move> moved = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < lost.size() || j < added.size()) {
      LocalDate from = i < lost.size() ? day(lost.get(i), zone) : LocalDate.MAX;
      LocalDate to = j < added.size() ? day(added.get(j), zone) : LocalDate.MAX;
      if (from.equals(to)) {
        moved.add(new Move(lost.get(i++), added.get(j++)));
      } else if (from.isBefore(to)) {
        onlyLost.add(lost.get(i++));
      } else {
        onlyAdded.add(added.get(j++));
      }
    }
    return new Change(preview.name(), zone, onlyAdded, onlyLost, moved);
  }

  private static LocalDate day(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDate();
  }

  static void print(PrintWriter out, Style style, List<Change> changes) {
    if (changes.isEmpty()) {
      out.println("No run is added, lost or moved.");
    }
    for (Change change : changes) {
      out.println(style.bold(Told.line(change.name())));
      some(out, style.bad("lost "), change.lost().stream().map(a -> at(a, change)).toList());
      some(out, style.good("added"), change.added().stream().map(a -> at(a, change)).toList());
      some(
          out,
          style.odd("moved"),
          change.moved().stream()
              .map(m -> at(m.from(), change) + " -> " + at(m.to(), change))
              .toList());
    }
  }

  private static String at(Instant instant, Change change) {
    return PreviewText.DAY_AND_TIME.format(instant.atZone(change.zone()));
  }

  private static void some(PrintWriter out, String what, List<String> all) {
    if (!all.isEmpty()) {
      String more = all.size() > Preview.SHOWN ? ", ..." : "";
      String first = String.join(", ", all.subList(0, Math.min(Preview.SHOWN, all.size())));
      out.println("  " + what + " " + all.size() + ": " + first + more);
    }
  }

  static Object json(List<Change> changes) {
    return changes.stream()
        .map(
            change ->
                Json.object(
                    "name", change.name(),
                    "lost", change.lost().stream().map(Instant::toString).toList(),
                    "added", change.added().stream().map(Instant::toString).toList(),
                    "moved", change.moved().stream().map(PreviewDiff::json).toList()))
        .toList();
  }

  private static Object json(Move move) {
    return Json.object("from", move.from().toString(), "to", move.to().toString());
  }
}
