package io.opsautomator.task.internal;

import org.jspecify.annotations.Nullable;

/** A text that cannot be read any further: what is wrong, where, and what to do. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String problem;

  /** Line and column count from 1. */
  public SourceException(int line, int column, String problem, @Nullable Throwable cause) {
    super(line + ":" + column + ": " + problem, cause);
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  public String problem() {
    return problem;
  }
}
