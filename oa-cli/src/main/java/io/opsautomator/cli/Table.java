package io.opsautomator.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Columns, aligned. Numbers stand to the right. Not thread-safe. */
final class Table {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final String GAP = "  ";

  private final Style style;
  private final List<String> heads;
  private final Set<Integer> right;
  private final List<List<String>> rows = new ArrayList<>();

  /** A head that begins with {@code >} is that of a column of numbers. */
  Table(Style style, String... heads) {
    this.style = style;
    this.heads = List.of(heads).stream().map(h -> h.startsWith(">") ? h.substring(1) : h).toList();
    this.right =
        java.util.stream.IntStream.range(0, heads.length)
            .filter(i -> heads[i].startsWith(">"))
            .boxed()
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  Table row(Object... cells) {
    rows.add(List.of(cells).stream().map(Object::toString).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void print(PrintWriter out, String indent) {
    int[] widths = new int[heads.size()];
    measure(heads, widths);
    rows.forEach(row -> measure(row, widths));
    out.println(indent + style.dim(line(heads, widths)));
    rows.forEach(row -> out.println(indent + line(row, widths)));
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < cells.size(); i++) {
      widths[i] = Math.max(widths[i], width(cells.get(i)));
    }
  }

  private static int width(String cell) {
    String seen = COLOUR.matcher(cell).replaceAll("");
    return seen.codePointCount(0, seen.length());
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(widths[i] - width(cells.get(i)));
      boolean toTheRight = right.contains(i);
      line.append(i == 0 ? "" : GAP);
      line.append(toTheRight ? blanks : "").append(cells.get(i)).append(toTheRight ? "" : blanks);
    }
    return line.toString().stripTrailing();
  }
}
