package io.opsautomator.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One event as it was written, by the names of its fields. Immutable. */
record AuditLine(Instant at, Map<String, String> fields) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @throws IOException if it is no event
   */
  static AuditLine read(byte[] bytes, int length) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(bytes, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isStructStart()) {
          json.skipChildren();
        } else {
          fields.put(name, json.getText());
        }
      }
      return new AuditLine(Instant.parse(fields.getOrDefault("at", "")), fields);
    } catch (DateTimeException e) {
      throw new IOException("no time", e);
    }
  }

  String text(String name) {
    return fields.getOrDefault(name, "");
  }

  /** 0 for what is no number. */
  long number(String name) {
    try {
      return Math.max(0, Long.parseLong(text(name)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
