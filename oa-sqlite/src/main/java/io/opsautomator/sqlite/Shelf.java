package io.opsautomator.sqlite;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Items that the one connection that writes has at hand, by their keys: what it has written itself
 * need not be read again, since nobody else writes; and an item that is written many times within
 * one transaction, such as a gate that hands its slots on, goes to the database once, at its end.
 *
 * <p>It holds what the transaction under way has made of things. So it is emptied when one is
 * rolled back, and when rows are changed past it. Between transactions it keeps as many as {@value
 * #MOST}, those used last. Belongs to one thread at a time.
 */
final class Shelf {
  private static final int MOST = 16_384;

  private final LinkedHashMap<Object, Record> items = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Object, Write> unwritten = new LinkedHashMap<>();

  /** Puts one item into its table. */
  @FunctionalInterface
  interface Write {
    void run() throws SQLException;
  }

  <T extends Record> Optional<T> find(Class<T> type, Object key) {
    @Nullable Record item = items.get(key);
    return item == null ? Optional.empty() : Optional.of(type.cast(item));
  }

  /** What is in its table by now. */
  void put(Object key, Record item) {
    items.put(key, item);
  }

  /** What will be in its table once it is settled; what was to be written of it before need not. */
  void put(Object key, Record item, Write write) {
    items.put(key, item);
    unwritten.put(key, write);
  }

  /** It is not needed any more. */
  void remove(Object key) {
    items.remove(key);
  }

  /** Writes what is not yet in its table. */
  void settle() throws SQLException {
    for (Write write : List.copyOf(unwritten.values())) {
      write.run();
    }
    unwritten.clear();
  }

  /** With nothing unwritten. */
  void trim() {
    Iterator<Object> eldest = items.keySet().iterator();
    for (int over = items.size() - MOST; over > 0; over--) {
      eldest.next();
      eldest.remove();
    }
  }

  void clear() {
    items.clear();
    unwritten.clear();
  }
}
