package io.opsautomator.testkit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an action differs from what {@link ActionContract} asks for, each with a reason that a
 * reviewer will read. One that is not needed fails the contract, so that none outlives its reason.
 * Immutable.
 *
 * @param uncalled operations, as IAM writes them, that are declared and yet called in no case, by
 *     operation as the metadata has it
 * @param unconfirmed operations of which it makes no difference whether the service has done what
 *     it accepted
 */
public record Waivers(Map<String, String> uncalled, Map<String, String> unconfirmed) {
  private static final Waivers NONE = new Waivers(Map.of(), Map.of());

  public Waivers {
    uncalled = Collections.unmodifiableMap(new TreeMap<>(uncalled));
    unconfirmed = Collections.unmodifiableMap(new TreeMap<>(unconfirmed));
    requireReasons(uncalled);
    requireReasons(unconfirmed);
  }

  private static void requireReasons(Map<String, String> waivers) {
    waivers.forEach(
        (operation, reason) -> {
          if (reason.isBlank()) {
            throw new IllegalArgumentException("the waiver for " + operation + " gives no reason");
          }
        });
  }

  public static Waivers none() {
    return NONE;
  }

  /** Declared for good reason, though no case can show it called, such as one behind a feature. */
  public Waivers uncalled(String operation, String reason) {
    return new Waivers(with(uncalled, operation, reason), unconfirmed);
  }

  /** Nobody looks whether it has happened, such as a message that cannot be read back. */
  public Waivers unconfirmed(String operation, String reason) {
    return new Waivers(uncalled, with(unconfirmed, operation, reason));
  }

  private static Map<String, String> with(
      Map<String, String> waivers, String operation, String reason) {
    Map<String, String> more = new TreeMap<>(waivers);
    more.put(operation, reason);
    return more;
  }
}
