package io.opsautomator.resource;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tag by which whoever owns a resource keeps every task away from it, whatever the task's
 * filter says. An unclear value counts as opted out: the net is for people in a hurry.
 */
public final class OptOut {
  /** Any value but {@code false} and {@code no}, in any case, opts out; also the empty one. */
  public static final String TAG = "OpsAutomator:opt-out";

  private static final Set<String> TAKEN_BACK = Set.of("false", "no");

  private OptOut() {}

  /** Whether a resource with these tags has opted out. */
  public static boolean isIn(Map<String, String> tags) {
    String value = tags.get(TAG);
    return value != null && !TAKEN_BACK.contains(value.strip().toLowerCase(Locale.ROOT));
  }
}
