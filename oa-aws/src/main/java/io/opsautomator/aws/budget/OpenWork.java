package io.opsautomator.aws.budget;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is open of one kind, by name. Names and not a number, because a number that was raised by a
 * worker that died is wrong for ever, and ending twice is ending once only if it is known who ends.
 * A name that nobody ends is forgotten at its time.
 *
 * <p>The limit begins as documented. When the service refuses one more, as many as are open are all
 * there is room for: others have the rest. From then on it recovers by one a minute. Pure and
 * immutable.
 *
 * @param limit as of {@code lowered}
 * @param lowered when the service last refused
 * @param holders until when each is believed to be open
 */
record OpenWork(int limit, Instant lowered, Map<String, Instant> holders) {
  private static final String VERSION = "1";
  private static final Duration RECOVERY = Duration.ofMinutes(1);

  OpenWork {
    holders = Map.copyOf(holders);
  }

  static OpenWork none(int documented) {
    return new OpenWork(documented, Instant.EPOCH, Map.of());
  }

  int limit(int documented, Instant now) {
    long minutes = Math.max(0, Duration.between(lowered, now).dividedBy(RECOVERY));
    return (int) Math.min(documented, limit + minutes);
  }

  /** With the holder, if there is room or it is one already; else unchanged. */
  OpenWork begun(String holder, Instant until, int documented, Instant now) {
    Map<String, Instant> open = open(now);
    if (!open.containsKey(holder) && open.size() >= limit(documented, now)) {
      return this;
    }
    open.put(holder, until);
    return new OpenWork(limit, lowered, open);
  }

  OpenWork ended(String holder, Instant now) {
    Map<String, Instant> open = open(now);
    open.remove(holder);
    return new OpenWork(limit, lowered, open);
  }

  /** The service had no room for the holder. At least one is always tried. */
  OpenWork refused(String holder, int documented, Instant now) {
    OpenWork without = ended(holder, now);
    int room = Math.max(1, without.holders().size());
    return new OpenWork(Math.min(room, limit(documented, now)), now, without.holders());
  }

  private Map<String, Instant> open(Instant now) {
    Map<String, Instant> open = new TreeMap<>(holders);
    open.values().removeIf(until -> !until.isAfter(now));
    return open;
  }

  // -- As text ------------------------------------------------------------------------------------

  String write() {
    StringBuilder text = new StringBuilder(VERSION + " " + limit + " " + lowered.toEpochMilli());
    new TreeMap<>(holders)
        .forEach(
            (holder, until) ->
                text.append('\n')
                    .append(URLEncoder.encode(holder, StandardCharsets.UTF_8))
                    .append(' ')
                    .append(until.toEpochMilli()));
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException for what is no such text
   */
  static OpenWork read(String text) {
    List<String> lines = text.lines().toList();
    String[] head = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
    if (head.length != 3 || !head[0].equals(VERSION)) {
      throw new IllegalArgumentException("not open work of version " + VERSION + ": " + text);
    }
    Map<String, Instant> holders = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      if (words.length != 2) {
        throw new IllegalArgumentException("not a holder: '" + line + "'");
      }
      holders.put(
          URLDecoder.decode(words[0], StandardCharsets.UTF_8),
          Instant.ofEpochMilli(Long.parseLong(words[1])));
    }
    return new OpenWork(
        Integer.parseInt(head[1]), Instant.ofEpochMilli(Long.parseLong(head[2])), holders);
  }
}
