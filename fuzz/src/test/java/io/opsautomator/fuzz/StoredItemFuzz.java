package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoreCodec;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Ticket;
import java.util.List;

/** A digit for the type, then what a store might hold: read and the same again, or refused. */
final class StoredItemFuzz {
  private static final StoreCodec CODEC = new StoreCodec();
  private static final List<Class<? extends Record>> TYPES =
      List.of(
          Run.class,
          StoredTask.class,
          Execution.class,
          Slice.class,
          Page.class,
          Batch.class,
          Gate.class,
          Grant.class,
          Ticket.class,
          JournalEntry.class);

  private StoredItemFuzz() {}

  static void check(String input) {
    if (!input.isEmpty()) {
      read(TYPES.get(input.charAt(0) % TYPES.size()), input.substring(1));
    }
  }

  private static <T extends Record> void read(Class<T> type, String json) {
    T item;
    try {
      item = CODEC.read(type, json);
    } catch (StoreException e) {
      claim(String.valueOf(e.getMessage()).startsWith("stored " + type.getSimpleName()), "" + e);
      return;
    }
    String written = CODEC.write(item);
    T again = CODEC.read(type, written);
    claim(again.equals(item), "does not read back: " + written);
    claim(CODEC.write(again).equals(written), "is written in two ways: " + written);
    claim(written.indexOf('\n') < 0, "has a line break");
  }
}
