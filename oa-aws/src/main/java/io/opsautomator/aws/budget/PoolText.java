package io.opsautomator.aws.budget;

import io.opsautomator.aws.budget.LearntLimit.Tally;
import io.opsautomator.aws.budget.Pool.Share;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pool as text: a line of the limit, then one for each share. The first word is the form's
 * version. Whoever meets a text that it cannot read begins with what is documented.
 */
final class PoolText {
  private static final String VERSION = "1";

  private PoolText() {}

  static String write(Pool pool) {
    LearntLimit limit = pool.limit();
    Tally tally = limit.tally();
    StringBuilder text = new StringBuilder();
    line(
        text,
        VERSION,
        limit.perSecond(),
        limit.known(),
        limit.lowered().toEpochMilli(),
        limit.grown().toEpochMilli(),
        limit.generation(),
        tally.refused(),
        tally.since().toEpochMilli());
    new TreeMap<>(pool.shares())
        .forEach(
            (worker, share) ->
                line(
                    text,
                    URLEncoder.encode(worker, StandardCharsets.UTF_8),
                    share.until().toEpochMilli(),
                    share.wanted(),
                    share.perSecond()));
    return text.toString();
  }

  private static void line(StringBuilder text, Object... words) {
    for (Object word : words) {
      text.append(word).append(' ');
    }
    text.setCharAt(text.length() - 1, '\n');
  }

  /**
   * @throws IllegalArgumentException for what is not a pool of this version
   */
  static Pool read(String text) {
    List<String> lines = text.lines().toList();
    Map<String, Share> shares = new TreeMap<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      Words words = new Words(line, 4);
      shares.put(
          URLDecoder.decode(words.text(0), StandardCharsets.UTF_8),
          new Share(words.instant(1), words.number(2), words.number(3)));
    }
    return new Pool(limit(lines.isEmpty() ? "" : lines.get(0)), shares);
  }

  private static LearntLimit limit(String line) {
    Words words = new Words(line, 8);
    if (!words.text(0).equals(VERSION)) {
      throw new IllegalArgumentException("version " + words.text(0) + ", not " + VERSION);
    }
    return new LearntLimit(
        words.number(1),
        words.number(2),
        words.instant(3),
        words.instant(4),
        words.whole(5),
        new Tally(words.whole(6), words.instant(7)));
  }

  /** A line's words; numbers that are none are IllegalArgumentExceptions by themselves. */
  private record Words(List<String> all) {
    Words(String line, int expected) {
      this(List.of(line.split(" ", -1)));
      if (all.size() != expected) {
        throw new IllegalArgumentException("not " + expected + " words: '" + line + "'");
      }
    }

    String text(int i) {
      return all.get(i);
    }

    double number(int i) {
      double number = Double.parseDouble(all.get(i));
      if (!(number >= 0 && number <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("not a number that can be: " + all.get(i));
      }
      return number;
    }

    long whole(int i) {
      return Long.parseLong(all.get(i));
    }

    Instant instant(int i) {
      return Instant.ofEpochMilli(whole(i));
    }
  }
}
