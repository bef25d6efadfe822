package io.opsautomator.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks things up by id and refuses with the service's codes where one is missing. */
final class Ids {
  private Ids() {}

  /** In the order asked for, each once. */
  static <T> List<T> all(List<String> ids, String kind, Function<String, Optional<T>> find) {
    List<T> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : ids.stream().distinct().toList()) {
      requireShape(kind, id);
      find.apply(id).ifPresentOrElse(found::add, () -> missing.add(id));
    }
    if (!missing.isEmpty()) {
      throw notFound(kind, missing);
    }
    return found;
  }

  static Refusal notFound(String kind, List<String> missing) {
    String code = kind.equals("instance") ? "InvalidInstanceID" : "Invalid" + capital(kind);
    String many = missing.size() == 1 ? " ID '" : " IDs '";
    String verb = missing.size() == 1 ? "' does not exist" : "' do not exist";
    return new Refusal(
        code + ".NotFound", "The " + kind + many + String.join(", ", missing) + verb);
  }

  static void requireShape(String kind, String id) {
    String prefix = PREFIX.getOrDefault(kind, "");
    if (id.startsWith(prefix) && id.length() > prefix.length()) {
      return;
    }
    if (kind.equals("instance")) {
      throw new Refusal("InvalidInstanceID.Malformed", "Invalid id: \"" + id + "\"");
    }
    if (kind.equals("snapshot")) {
      throw new Refusal("InvalidSnapshotID.Malformed", "Invalid id: \"" + id + "\"");
    }
    throw Refusal.value(kind + "Id", id, "Expected: '" + prefix + "...'.");
  }

  /** A tag's resource, by what its id looks like. */
  static Refusal noResource(String id) {
    return PREFIX.entrySet().stream()
        .filter(it -> id.startsWith(it.getValue()))
        .map(it -> notFound(it.getKey(), List.of(id)))
        .findFirst()
        .orElseGet(() -> new Refusal("InvalidID", "The ID '" + id + "' is not valid"));
  }

  private static final Map<String, String> PREFIX =
      Map.of("instance", "i-", "volume", "vol-", "snapshot", "snap-", "AMIID", "ami-");

  private static String capital(String kind) {
    return Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
  }
}
