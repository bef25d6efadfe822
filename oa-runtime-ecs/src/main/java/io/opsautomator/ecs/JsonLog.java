package io.opsautomator.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.MDC;

/**
 * Log entries as lines of JSON on the standard error, as CloudWatch Logs reads them best: {@code
 * at}, {@code level}, {@code logger}, {@code message}, {@code trace} if something was thrown, and
 * {@code task}, {@code run} and {@code execution} where it happened in one.
 */
final class JsonLog extends Formatter {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Logger ROOT = Logger.getLogger("");

  /** Warnings of all, and more of ours. */
  static void setUp() {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setFormatter(new JsonLog());
    handler.setLevel(Level.INFO);
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.INFO);
  }

  @Override
  public String format(LogRecord entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", entry.getInstant().toString());
    fields.put("level", level(entry.getLevel().intValue()));
    fields.put("logger", String.valueOf(entry.getLoggerName()));
    fields.put("message", formatMessage(entry));
    Map<String, String> context = MDC.getCopyOfContextMap();
    if (context != null) {
      fields.putAll(context);
    }
    if (entry.getThrown() != null) {
      StringWriter trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace));
      fields.put("trace", trace.toString());
    }
    try {
      return MAPPER.writeValueAsString(fields) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts cannot be written as JSON", e);
    }
  }

  private static String level(int value) {
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    return value >= Level.WARNING.intValue() ? "WARN" : "INFO";
  }
}
