package io.opsautomator.templategen.cloudformation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named values in the order in which they were given, which is how they are written. Immutable. */
public record Fields(Map<String, Value> entries) implements Value {
  public Fields {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** With one more; a name that is there already gets the new value in its old place. */
  public Fields with(String name, Object value) {
    Map<String, Value> more = new LinkedHashMap<>(entries);
    more.put(name, Value.of(value));
    return new Fields(more);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
