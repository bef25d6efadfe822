package io.opsautomator.store;

import io.opsautomator.resource.Exclusion;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many resources of a listing were left out for one reason. Immutable.
 *
 * @param words as in {@link Exclusion#words}; empty for reasons that were too many to keep apart
 */
public record Omission(Exclusion.Kind kind, String words, int count) {

  /** Such as {@code 41 lack the tag backup}. */
  public String inWords() {
    return words.isEmpty()
        ? Exclusion.counted(count, "was left out for other reasons")
        : Exclusion.counted(count, words);
  }

  /** Such as {@code 41 lack the tag backup, 3 are stopped}. */
  public static String inWords(List<Omission> some) {
    return some.stream().map(Omission::inWords).collect(Collectors.joining(", "));
  }
}
