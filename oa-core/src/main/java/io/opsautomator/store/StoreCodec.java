package io.opsautomator.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;

/**
 * What is stored, as JSON: for whoever writes a store.
 *
 * <p>Items outlive the program that wrote them, so the form is versioned and read generously. Every
 * item is one object whose first field, {@code v}, is the version of the form. Fields are called as
 * the records' components are; absent optionals are left out; instants are ISO-8601 in UTC; names
 * and ids are plain strings; a {@link io.opsautomator.resource.Scope} is its key; a {@link
 * io.opsautomator.task.Trigger} tells its kind in a field {@code type}; sets are sorted, so equal
 * items have equal texts. A field that this version does not know is skipped; a text, list, set,
 * optional, number or flag that is missing is empty, zero or false: that is how records gain
 * fields. Anything beyond that raises the version; an item of a later version is refused, never
 * misread.
 *
 * <p>Immutable and thread-safe.
 */
public final class StoreCodec {
  /** The version written; earlier ones are read as well. */
  public static final int VERSION = 2;

  private static final String HEAD = "{\"v\":" + VERSION + ",";
  private static final Set<Class<? extends Record>> ITEMS =
      Set.of(
          Run.class,
          StoredTask.class,
          Execution.class,
          Slice.class,
          Page.class,
          Batch.class,
          Gate.class,
          Budget.class,
          Grant.class,
          Ticket.class,
          JournalEntry.class);

  private final ObjectMapper mapper = StoreMapper.create();

  /** One of the items that stores keep; its text has no line break. */
  public String write(Record item) {
    require(item.getClass());
    try {
      return HEAD + mapper.writeValueAsString(item).substring(1);
    } catch (JsonProcessingException e) {
      throw new StoreException("cannot write " + item.getClass().getSimpleName() + " as JSON", e);
    }
  }

  /**
   * @throws StoreException if {@code json} is not an item of this type, or one of a later version
   */
  public <T extends Record> T read(Class<T> type, String json) {
    require(type);
    try {
      T item = json.startsWith(HEAD) ? mapper.readValue(json, type) : other(type, json);
      if (item == null) {
        throw new StoreException("stored " + type.getSimpleName() + " is null");
      }
      return item;
    } catch (JsonProcessingException e) {
      throw new StoreException(
          "stored " + type.getSimpleName() + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The short way is for what we write; other programs may have written another form. */
  private <T extends Record> T other(Class<T> type, String json) throws JsonProcessingException {
    JsonNode item = mapper.readTree(json);
    int version = version(type, item);
    return mapper.treeToValue(
        version < VERSION ? StoreForms.broughtForward(type, item, version) : item, type);
  }

  private static int version(Class<?> type, JsonNode item) {
    JsonNode version = item.path("v");
    if (version.isInt() && version.intValue() > VERSION) {
      throw new StoreException(
          "stored %s has version %d; this program knows versions up to %d: use a newer one"
              .formatted(type.getSimpleName(), version.intValue(), VERSION));
    }
    if (!version.isInt() || version.intValue() < 1) {
      throw new StoreException("stored " + type.getSimpleName() + " has no version: " + version);
    }
    return version.intValue();
  }

  private static void require(Class<?> type) {
    if (!ITEMS.contains(type)) {
      throw new IllegalArgumentException(type.getName() + " is not kept as an item of its own");
    }
  }
}
