package io.opsautomator.testkit.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Some of a listing in the order of its keys, and the token that leads to the rest. */
record Page<T>(List<T> items, @Nullable String next) {
  /** Also without a limit the service hands out no more than this at once. */
  private static final int MOST = 1000;

  /** What was asked for: which operation lists, how many at once, and from where on. */
  record Wanted(String operation, @Nullable Integer most, @Nullable String token) {
    void requireNoIds(List<String> ids) {
      if (!ids.isEmpty() && most != null) {
        throw new Refusal(
            "InvalidParameterCombination",
            "The parameter maxResults cannot be used with a list of ids");
      }
    }
  }

  static <T> Page<T> of(List<T> sorted, Function<T, String> key, Wanted wanted) {
    String after = after(wanted);
    List<T> rest = sorted.stream().filter(it -> key.apply(it).compareTo(after) > 0).toList();
    int most = limit(wanted.most());
    if (rest.size() <= most) {
      return new Page<>(rest, null);
    }
    List<T> items = rest.subList(0, most);
    return new Page<>(items, token(wanted.operation(), key.apply(items.get(most - 1))));
  }

  private static int limit(@Nullable Integer most) {
    if (most == null) {
      return MOST;
    }
    if (most < 5) {
      throw Refusal.value("maxResults", String.valueOf(most), "Expecting a value of at least 5.");
    }
    return Math.min(most, MOST);
  }

  private static String token(String operation, String last) {
    return Base64.getUrlEncoder()
        .encodeToString((operation + "\n" + last).getBytes(StandardCharsets.UTF_8));
  }

  private static String after(Wanted wanted) {
    String token = wanted.token();
    if (token == null || token.isEmpty()) {
      return "";
    }
    String text = decode(token);
    if (!text.startsWith(wanted.operation() + "\n")) {
      throw badToken(token);
    }
    return text.substring(wanted.operation().length() + 1);
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badToken(token);
    }
  }

  private static Refusal badToken(String token) {
    return Refusal.value("nextToken", token, "Unable to parse pagination token");
  }
}
