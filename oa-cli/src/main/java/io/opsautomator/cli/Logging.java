package io.opsautomator.cli;

import java.io.PrintWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the libraries log: warnings, and on demand more, as lines on the standard error. */
final class Logging {
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS =
      Logger.getLogger("io.opsautomator"); // held, or it is forgotten

  private Logging() {}

  static void setUp(PrintWriter err) {
    LogManager.getLogManager().reset();
    ROOT.setLevel(Level.WARNING);
    OURS.setLevel(Level.WARNING);
    ROOT.addHandler(new Lines(err));
  }

  static void informative() {
    OURS.setLevel(Level.INFO);
  }

  private static final class Lines extends Handler {
    private final PrintWriter err;

    Lines(PrintWriter err) {
      this.err = err;
      setFormatter(new OneLine());
    }

    @Override
    public void publish(@Nullable LogRecord entry) {
      if (entry != null && isLoggable(entry)) {
        err.println(getFormatter().format(entry));
      }
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }

  /** A trace would drown the message; its causes are named instead. */
  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord entry) {
      StringBuilder line = new StringBuilder();
      line.append(word(entry.getLevel().intValue())).append(": ");
      line.append(formatMessage(entry));
      for (Throwable t = entry.getThrown(); t != null; t = t.getCause()) {
        line.append("; ").append(t);
      }
      return Told.line(line.toString());
    }

    private static String word(int level) {
      if (level >= Level.SEVERE.intValue()) {
        return "error";
      }
      return level >= Level.WARNING.intValue() ? "warning" : "info";
    }
  }
}
