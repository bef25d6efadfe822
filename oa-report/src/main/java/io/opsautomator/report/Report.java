package io.opsautomator.report;

import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a store, and the audit file beside it, tell of a period, as one HTML page that needs nothing
 * else: no server, no other file, and without scripts no more than its charts are missing.
 *
 * <p>Reads only. The page is bounded - what is too much is summed up, or left out and said to be -
 * and every text of others in it is escaped. Values that an action keeps in its journal are not
 * shown, and what the audit and the outcomes say has had the values of secret parameters masked.
 * Immutable.
 */
public final class Report {
  private final String html;
  private final int runs;
  private final int executions;

  private Report(String html, int runs, int executions) {
    this.html = html;
    this.runs = runs;
    this.executions = executions;
  }

  /**
   * Of all that the store has.
   *
   * @param now when the report is made; where runs are open, the end of its period
   */
  public static Builder of(Store store, Instant now) {
    return new Builder(store, now);
  }

  /** The page. */
  public String html() {
    return html;
  }

  /** How many it is about. */
  public int runs() {
    return runs;
  }

  /** How many it is about. */
  public int executions() {
    return executions;
  }

  /**
   * Writes the page, in UTF-8, in the place of what may be there: nobody sees half of it, and
   * nothing is written through a link. The folder must exist.
   *
   * @throws IOException if it cannot be written
   */
  public void writeTo(Path file) throws IOException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    Path half = Files.createTempFile(folder, "report", ".html");
    try {
      Files.writeString(half, html, StandardCharsets.UTF_8);
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** What to tell of. Not thread-safe. */
  public static final class Builder {
    private final Store store;
    private final Instant now;
    private Optional<Path> audit = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<TaskName> task = Optional.empty();
    private ZoneId zone = ZoneOffset.UTC;
    private String title = "What Ops Automator did";

    private Builder(Store store, Instant now) {
      this.store = store;
      this.now = now;
    }

    /**
     * The file that {@link io.opsautomator.audit.JsonLinesSink} wrote; one that is not there counts
     * as none. Without it the page has no times of executions, and no charts.
     */
    public Builder audit(Path file) {
      audit = Optional.of(file);
      return this;
    }

    /** Only runs that were triggered then or later. */
    public Builder since(Instant first) {
      since = Optional.of(first);
      return this;
    }

    /** Only runs of this task. */
    public Builder task(TaskName name) {
      task = Optional.of(name);
      return this;
    }

    /** The zone on whose clock times are shown; UTC by default. */
    public Builder zone(ZoneId zone) {
      this.zone = zone;
      return this;
    }

    public Builder title(String title) {
      this.title = title;
      return this;
    }

    /**
     * Reads all that is needed.
     *
     * @throws IOException if the audit file cannot be read
     * @throws io.opsautomator.store.StoreException if the store cannot
     */
    public Report read() throws IOException {
      Gathered gathered = new Gathered();
      StoreScan scan = new StoreScan(store, gathered);
      scan.read(task, since);
      Period period = period(gathered.runs());
      if (audit.filter(Files::exists).isPresent()) {
        scan.readSlowest(new AuditScan(gathered, period).read(audit.get()).traces());
      }
      String html = new Page(title, gathered, period).write(now);
      return new Report(html, gathered.runs().size(), gathered.executions());
    }

    /** To the end of the last run, unless that is still open or the begin was asked for. */
    private Period period(List<Run> runs) {
      Instant begin =
          since.orElse(
              runs.stream()
                  .map(run -> run.cause().at())
                  .min(Comparator.naturalOrder())
                  .orElse(now));
      boolean open = runs.stream().anyMatch(run -> !run.state().ended());
      Instant end =
          runs.stream()
              .map(run -> run.summary().ended().orElse(run.cause().at()))
              .max(Comparator.naturalOrder())
              .filter(last -> !open && since.isEmpty())
              .orElse(now);
      return new Period(begin, end, zone);
    }
  }
}
