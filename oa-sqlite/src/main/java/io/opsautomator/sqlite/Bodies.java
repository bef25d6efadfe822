package io.opsautomator.sqlite;

import io.opsautomator.store.StoreCodec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between items and columns. */
final class Bodies {
  private static final StoreCodec CODEC = new StoreCodec();
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final DateTimeFormatter SORTABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Bodies() {}

  static String text(Record item) {
    return CODEC.write(item);
  }

  static <T extends Record> T read(Class<T> type, String body) {
    return CODEC.read(type, body);
  }

  /** A row whose only column is the body. */
  static <T extends Record> Session.Row<T> of(Class<T> type) {
    return row -> CODEC.read(type, row.getString(1));
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
