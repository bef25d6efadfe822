package io.opsautomator.templategen.cloudformation;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What whoever creates the stack fills in. Immutable; begins with a type, and each method gives one
 * with something more.
 *
 * @param type such as {@code String}, {@code Number} or {@code AWS::EC2::VPC::Id}
 * @param label shown instead of the logical id; empty for none
 * @param fallback the default; empty if it has to be given
 * @param allowed the only values; empty if there is no such restriction
 * @param secret not shown again once it was given
 */
public record Parameter(
    String type,
    String label,
    String description,
    Optional<String> fallback,
    Bounds bounds,
    List<String> allowed,
    boolean secret) {
  static final String STRING = "String";
  static final String NUMBER = "Number";
  static final String LIST = "CommaDelimitedList";

  public Parameter {
    allowed = List.copyOf(allowed);
  }

  /**
   * What a value keeps to.
   *
   * @param values of a number
   * @param lengths of a text, in characters
   * @param pattern of the whole text, in Java's syntax
   * @param words what is allowed, shown instead of the pattern; empty for none
   */
  public record Bounds(Range values, Range lengths, Optional<String> pattern, String words) {
    static final Bounds NONE = new Bounds(Range.ANY, Range.ANY, Optional.empty(), "");
  }

  /** Both ends are within; {@code Long}'s own ends stand for none. */
  public record Range(long least, long most) {
    static final Range ANY = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean hasLeast() {
      return least != Long.MIN_VALUE;
    }

    boolean hasMost() {
      return most != Long.MAX_VALUE;
    }

    boolean has(BigDecimal value) {
      return value.compareTo(BigDecimal.valueOf(least)) >= 0
          && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    boolean isAny() {
      return equals(ANY);
    }
  }

  public static Parameter text() {
    return of(STRING);
  }

  public static Parameter number() {
    return of(NUMBER);
  }

  /** Texts with commas between them. */
  public static Parameter list() {
    return of(LIST);
  }

  /** {@code Yes} or {@code No}. */
  public static Parameter yesNo(boolean fallback) {
    return text().oneOf("Yes", "No").orElse(fallback ? "Yes" : "No");
  }

  public static Parameter of(String type) {
    return new Parameter(type, "", "", Optional.empty(), Bounds.NONE, List.of(), false);
  }

  public Parameter labelled(String newLabel) {
    return new Parameter(type, newLabel, description, fallback, bounds, allowed, secret);
  }

  public Parameter described(String newDescription) {
    return new Parameter(type, label, newDescription, fallback, bounds, allowed, secret);
  }

  /** Lists are given with commas. */
  public Parameter orElse(String newFallback) {
    return new Parameter(
        type, label, description, Optional.of(newFallback), bounds, allowed, secret);
  }

  public Parameter oneOf(String... values) {
    return oneOf(Arrays.asList(values));
  }

  public Parameter oneOf(List<String> values) {
    return new Parameter(type, label, description, fallback, bounds, values, secret);
  }

  /** Of a number; {@link Long#MIN_VALUE} for no bound. */
  public Parameter atLeast(long value) {
    return values(new Range(value, bounds.values().most()));
  }

  /** Of a number; {@link Long#MAX_VALUE} for no bound. */
  public Parameter atMost(long value) {
    return values(new Range(bounds.values().least(), value));
  }

  /** In characters; {@link Long#MIN_VALUE} for no bound. */
  public Parameter minLength(long length) {
    return lengths(new Range(length, bounds.lengths().most()));
  }

  /** In characters; {@link Long#MAX_VALUE} for no bound. */
  public Parameter maxLength(long length) {
    return lengths(new Range(bounds.lengths().least(), length));
  }

  /**
   * The whole text has to match; {@code words} say what is allowed to whoever gave something else.
   */
  public Parameter matching(String pattern, String words) {
    return bounded(new Bounds(bounds.values(), bounds.lengths(), Optional.of(pattern), words));
  }

  private Parameter values(Range values) {
    return bounded(new Bounds(values, bounds.lengths(), bounds.pattern(), bounds.words()));
  }

  private Parameter lengths(Range lengths) {
    return bounded(new Bounds(bounds.values(), lengths, bounds.pattern(), bounds.words()));
  }

  /** Not shown again once it was given. */
  public Parameter hidden() {
    return new Parameter(type, label, description, fallback, bounds, allowed, true);
  }

  private Parameter bounded(Bounds newBounds) {
    return new Parameter(type, label, description, fallback, newBounds, allowed, secret);
  }
}
