package io.opsautomator.action;

import io.opsautomator.internal.Booleans;
import io.opsautomator.internal.Durations;
import io.opsautomator.internal.Nearest;
import io.opsautomator.resource.TagFilter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a component's type reads raw values and writes them back. {@code read} and {@code write} are
 * inverse to each other on what {@code read} returns.
 *
 * @param words the type in words, for messages and help
 * @param allowed the only wire forms there are; empty if unrestricted
 */
record WireType(String words, Reader reader, Writer writer, List<String> allowed) {
  /** Fails with a {@link Refusal} if {@code raw} cannot be read. */
  @FunctionalInterface
  interface Reader {
    Object read(Object raw);
  }

  @FunctionalInterface
  interface Writer {
    Object write(Object value);
  }

  /** A raw value that is not of the type; the message does not repeat the value. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String problem, Throwable cause) {
      super(problem, cause);
    }

    Refusal(String problem) {
      super(problem);
    }
  }

  private static final String NUMBER = "whole number";

  private static final Map<Type, WireType> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, simple("text", WireType::text)),
          Map.entry(int.class, simple(NUMBER, WireType::integer)),
          Map.entry(Integer.class, simple(NUMBER, WireType::integer)),
          Map.entry(long.class, simple(NUMBER, raw -> whole(raw))),
          Map.entry(Long.class, simple(NUMBER, raw -> whole(raw))),
          Map.entry(double.class, simple("number", raw -> number(raw).doubleValue())),
          Map.entry(Double.class, simple("number", raw -> number(raw).doubleValue())),
          Map.entry(boolean.class, simple("yes or no", WireType::bool)),
          Map.entry(Boolean.class, simple("yes or no", WireType::bool)),
          Map.entry(
              Duration.class,
              new WireType("minutes", WireType::duration, v -> minutes((Duration) v), List.of())),
          Map.entry(
              TagFilter.class,
              new WireType(
                  "tag filter", raw -> TagFilter.ofTask(text(raw)), Object::toString, List.of())));

  /** Empty if components cannot be of this type. Lists and Optionals are not handled here. */
  static Optional<WireType> of(Type type) {
    if (type instanceof Class<?> c && c.isEnum()) {
      return Optional.of(enumeration(c));
    }
    return Optional.ofNullable(SIMPLE.get(type));
  }

  /** The element type if {@code type} is {@code container<…>}. */
  static Optional<Type> inside(Type type, Class<?> container) {
    return type instanceof ParameterizedType p && p.getRawType() == container
        ? Optional.of(p.getActualTypeArguments()[0])
        : Optional.empty();
  }

  private static WireType simple(String words, Reader reader) {
    return new WireType(words, reader, value -> value, List.of());
  }

  private static WireType enumeration(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    List<String> names = Arrays.stream(constants).map(WireType::wireName).toList();
    return new WireType(
        "one of " + String.join(", ", names),
        raw -> constant(constants, names, text(raw)),
        WireType::wireName,
        names);
  }

  private static Object constant(Object[] constants, List<String> names, String word) {
    for (Object constant : constants) {
      if (bare(wireName(constant)).equals(bare(word))
          || bare(((Enum<?>) constant).name()).equals(bare(word))) {
        return constant;
      }
    }
    throw new Refusal("is none of " + String.join(", ", names) + Nearest.hint(word, names));
  }

  private static String bare(String word) {
    return word.trim().toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
  }

  /** Its {@code toString} if it has one of its own, else its name in upper camel case. */
  private static String wireName(Object constant) {
    String name = ((Enum<?>) constant).name();
    if (!constant.toString().equals(name)) {
      return constant.toString();
    }
    return Arrays.stream(name.split("_"))
        .filter(part -> !part.isEmpty())
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static String text(Object raw) {
    if (raw instanceof List || raw instanceof Map) {
      throw new Refusal("is a " + (raw instanceof List ? "list" : "map") + ", not a text");
    }
    return raw instanceof BigDecimal d ? d.toPlainString() : raw.toString();
  }

  private static Object bool(Object raw) {
    return Booleans.read(raw)
        .orElseThrow(() -> new Refusal("is neither yes nor no; write " + Booleans.allowed()));
  }

  private static Object integer(Object raw) {
    long value = whole(raw);
    if (value != (int) value) {
      throw new Refusal("is not between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  private static long whole(Object raw) {
    try {
      return number(raw).longValueExact();
    } catch (ArithmeticException e) {
      throw new Refusal("is not a whole number", e);
    }
  }

  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}([.][0-9]{1,40})?");

  /** Of bounded size, so that no operation on it can take long. */
  private static BigDecimal number(Object raw) {
    String digits = (raw instanceof Number ? raw.toString() : text(raw)).trim();
    if (raw instanceof Double || raw instanceof Float) {
      double value = ((Number) raw).doubleValue();
      if (Double.isFinite(value)) {
        return BigDecimal.valueOf(value);
      }
    }
    if (raw instanceof BigDecimal d && Math.abs((long) d.scale()) <= 400) {
      return d;
    }
    if (raw instanceof Boolean || !DECIMAL.matcher(digits).matches()) {
      throw new Refusal("is not a number");
    }
    return new BigDecimal(digits);
  }

  private static Object duration(Object raw) {
    try {
      return Durations.read(text(raw));
    } catch (IllegalArgumentException e) {
      throw new Refusal(e.getMessage() + "", e);
    }
  }

  private static Object minutes(Duration value) {
    boolean plain =
        !value.isNegative()
            && value.equals(Duration.ofMinutes(value.toMinutes()))
            && value.toMinutes() < 1_000_000_000;
    return plain ? (Object) value.toMinutes() : value.toString();
  }
}
