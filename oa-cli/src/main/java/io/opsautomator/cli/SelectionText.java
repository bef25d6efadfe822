package io.opsautomator.cli;

import io.opsautomator.store.Omission;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Slice.Counted;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the selection of a run came to, for people and for programs. */
final class SelectionText {
  private SelectionText() {}

  /** Such as {@code selected 3 of 47 listed in 2 of 2 slices; 41 lack the tag backup}. */
  static void print(PrintWriter out, Style style, List<Slice> slices) {
    Optional<Counted> counted = Counted.of(slices);
    long read = slices.stream().filter(Slice::sealed).count();
    if (slices.isEmpty()) {
      return;
    }
    String extent =
        counted.map(c -> c.selected() + " of " + c.listed() + " listed").orElse("not counted");
    out.println();
    out.println("Selected: " + extent + " in " + read + " of " + slices.size() + " slices");
    counted
        .map(Counted::omitted)
        .orElse(List.of())
        .forEach(some -> out.println("  " + Told.line(some.inWords())));
    slices.stream()
        .filter(Slice::failed)
        .forEach(slice -> out.println("  " + style.bad("not listed: ") + Told.line(why(slice))));
  }

  private static String why(Slice failed) {
    return failed.scope().key() + ": " + failed.end().orElseThrow().reason();
  }

  static Map<String, Object> json(List<Slice> slices) {
    Optional<Counted> counted = Counted.of(slices);
    return Json.object(
        "complete", slices.stream().allMatch(Slice::sealed),
        "listed", counted.map(Counted::listed),
        "selected", counted.map(Counted::selected),
        "leftOut", json(counted),
        "notListed",
            slices.stream()
                .filter(Slice::failed)
                .map(s -> Json.object("scope", s.scope().key(), "why", why(s)))
                .toList());
  }

  private static List<Map<String, Object>> json(Optional<Counted> counted) {
    return counted.map(Counted::omitted).orElse(List.of()).stream()
        .map(SelectionText::json)
        .toList();
  }

  static Map<String, Object> json(Omission some) {
    return Json.object("kind", Style.word(some.kind()), "why", some.words(), "count", some.count());
  }
}
