package io.opsautomator.resource;

import java.util.Map;

/**
 * Why a resource is not in a selection. Immutable.
 *
 * <p>It has two parts, so that millions of resources can be counted by a few reasons: {@code words}
 * say the rule and are the same for all whom it left out, {@code seen} says what this resource has
 * instead.
 *
 * @param words go on after the resource's name and begin with a verb, such as {@code does not have
 *     Env=prod}; at most 200 letters
 * @param seen such as {@code Env=dev}; empty where the words say it all, at most 200 letters
 */
public record Exclusion(Kind kind, String words, String seen) {
  private static final int LONGEST = 200;
  private static final Map<String, String> PLURALS =
      Map.of(
          "is", "are", "has", "have", "does", "do", "lacks", "lack", "matches", "match", "was",
          "were", "fails", "fail");

  /** In the order in which they are asked; the first that holds is told. */
  public enum Kind {
    /** Its owner keeps every task away from it: {@link OptOut}. */
    OPTED_OUT,
    /** The deployment's deny list has it. */
    DENIED,
    /** The task's tag filter does not match. */
    TAG_FILTER,
    /** The task has no filter, and the resource's task list does not name the task. */
    TASK_LIST,
    /** The task's filter of attributes does not match. */
    ATTRIBUTES,
    /** The action has no use for it. */
    ACTION
  }

  public Exclusion {
    words = cut(words);
    seen = cut(seen);
  }

  /** One whose words say it all. */
  public static Exclusion of(Kind kind, String words) {
    return new Exclusion(kind, words, "");
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return text.substring(0, end) + "…";
  }

  /** The words after a number, such as {@code 41 do not have Env=prod}. */
  public static String counted(long count, String words) {
    int end = words.indexOf(' ');
    String verb = end < 0 ? words : words.substring(0, end);
    String rest = words.substring(verb.length());
    return count + " " + (count == 1 ? verb : PLURALS.getOrDefault(verb, verb)) + rest;
  }

  /** For one resource, such as {@code does not have Env=prod (Env=dev)}. */
  @Override
  public String toString() {
    return seen.isEmpty() ? words : words + " (" + seen + ")";
  }
}
