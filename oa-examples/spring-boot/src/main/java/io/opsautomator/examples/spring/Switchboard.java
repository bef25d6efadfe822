package io.opsautomator.examples.spring;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What an office's lights hang on. Thread-safe. */
@Component
class Switchboard {
  private final Map<String, Boolean> lit = new TreeMap<>(Map.of("lobby", true, "lab", true));

  synchronized Map<String, Boolean> lights() {
    return new TreeMap<>(lit);
  }

  synchronized void switchOff(String room) {
    lit.put(room, false);
  }
}
