package io.opsautomator.report;

/** How much is read, kept and shown. What is more is left out, and the page says so. */
final class Limits {
  /** The newest ones are read. */
  static final int RUNS = 20_000;

  /** Those of the newest runs are read; of older runs only the summary. */
  static final int EXECUTIONS = 250_000;

  /** Tasks with a lane and charts of their own: the busiest. */
  static final int LANES = 24;

  static final int CHARTS = 12;

  /** Marks of a lane; with more runs, a mark stands for several. */
  static final int MARKS = 250;

  /** Rows of a table. */
  static final int ROWS = 200;

  static final int SLOWEST = 40;
  static final int UNREADABLE = 100;

  /** Executions that are watched at once while the audit is read. */
  static final int WATCHED = 50_000;

  /** Characters of a reason, and of what a step came to. */
  static final int REASON = 600;

  static final int DETAIL = 200;

  private Limits() {}
}
