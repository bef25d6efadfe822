package io.opsautomator.sqlite;

import io.opsautomator.store.StoreCodec;
import io.opsautomator.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Between items and columns. A body begins with the checksum of the rest of it, so that a byte that
 * has changed on the disk is told of, and not believed: <code>{"crc":"1c291ca3","v":1,…}</code> is
 * the CRC-32, in hexadecimal, of the UTF-8 of <code>{"v":1,…}</code>. Bodies of earlier versions
 * have none; nor need one that a person has written.
 */
final class Bodies {
  private static final StoreCodec CODEC = new StoreCodec();
  private static final String SUMMED = "{\"crc\":\"";
  private static final String BEHIND = "\",";
  private static final int DIGITS = 8;
  private static final String OLD = "{\"v\":";
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final DateTimeFormatter SORTABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Bodies() {}

  /** Without a checksum. */
  static String json(Record item) {
    return CODEC.write(item);
  }

  static String text(Record item) {
    String json = json(item);
    return SUMMED + sum(json) + BEHIND + json.substring(1);
  }

  static <T extends Record> T read(Class<T> type, String body) {
    return CODEC.read(type, checked(type, body));
  }

  /** The item alone. */
  static String checked(Class<?> type, String body) {
    if (!body.startsWith(SUMMED)) {
      requireOld(type, body);
      return body;
    }
    int end = SUMMED.length() + DIGITS;
    boolean whole = body.startsWith(BEHIND, end);
    String json = whole ? "{" + body.substring(end + BEHIND.length()) : body;
    if (!whole || !sum(json).equals(body.substring(SUMMED.length(), end))) {
      throw new StoreException(
          "stored " + type.getSimpleName() + " is damaged: it does not fit its checksum");
    }
    return json;
  }

  private static void requireOld(Class<?> type, String body) {
    if (!body.startsWith(OLD)) {
      throw new StoreException(
          "stored "
              + type.getSimpleName()
              + " is damaged: it begins with neither checksum nor version");
    }
  }

  private static String sum(String json) {
    CRC32 sum = new CRC32();
    sum.update(json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** A row whose only column is the body. */
  static <T extends Record> Session.Row<T> of(Class<T> type) {
    return row -> read(type, row.getString(1));
  }

  /** Sorts as the instant does; instants of other than four-digit years sort as the nearest one. */
  static String sortable(Instant instant) {
    Instant bounded = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
    return SORTABLE.format(bounded);
  }

  static @Nullable String sortable(Optional<Instant> instant) {
    return instant.map(Bodies::sortable).orElse(null);
  }
}
