package io.opsautomator.resource;

import io.opsautomator.resource.internal.ColumnCompiler;
import io.opsautomator.resource.internal.ColumnCompiler.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The tags of many resources, column by column, for those who ask many filters of the same
 * resources. Each value is kept once for each tag name, and a row has its number; so a filter looks
 * at each distinct value once ({@link #matching}), and afterwards at numbers only.
 *
 * <p>To lay out columns costs several times as much as to match one filter by {@link
 * TagFilter#matches}: this pays from about ten filters on. Immutable and thread-safe.
 */
public final class TagColumns {
  private final int rows;
  private final ColumnCompiler compiler;

  private TagColumns(int rows, ColumnCompiler compiler) {
    this.rows = rows;
    this.compiler = compiler;
  }

  /** One row for each, in order. */
  public static TagColumns of(List<Map<String, String>> resources) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < resources.size(); i++) {
      for (Map.Entry<String, String> tag : resources.get(i).entrySet()) {
        columns
            .computeIfAbsent(tag.getKey(), name -> new Column(name, resources.size()))
            .put(i, tag.getValue());
      }
    }
    return new TagColumns(resources.size(), new ColumnCompiler(List.copyOf(columns.values())));
  }

  public int rows() {
    return rows;
  }

  /**
   * Says of a row whether the filter selects it, as {@link TagFilter#matches} does of its tags.
   * Asking it allocates nothing.
   */
  public IntPredicate matching(TagFilter filter) {
    return compiler.compile(filter.tree());
  }
}
