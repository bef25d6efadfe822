package io.opsautomator.task;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Raw parameter values in one form, so that equal tasks are equal whichever door they came through
 * and a stored task reads back as it was written: whole numbers are {@code Long}s, others {@code
 * BigDecimal}s without trailing zeros, maps are sorted, and nulls are left out.
 */
final class RawValues {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_SCALE = 400;

  private RawValues() {}

  static Map<String, Object> canonical(Map<String, ?> values) {
    return map(values, 0);
  }

  static Object canonical(Object value) {
    return one(value, 0);
  }

  private static Object one(Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("is nested deeper than " + MAX_DEPTH + " levels");
    }
    if (value instanceof Map<?, ?> m) {
      return map(m, depth + 1);
    }
    if (value instanceof Collection<?> c) {
      return list(c, depth + 1);
    }
    if (value instanceof Number n) {
      return number(n);
    }
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Enum<?> || value instanceof Duration) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        "is a " + value.getClass().getName() + ", which no task file could hold");
  }

  private static Map<String, Object> map(Map<?, ?> values, int depth) {
    Map<String, Object> map = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (value != null) {
            map.put(String.valueOf(key), one(value, depth));
          }
        });
    return Collections.unmodifiableMap(map);
  }

  private static List<Object> list(Collection<?> values, int depth) {
    List<Object> list = new ArrayList<>();
    for (@Nullable Object value : values) {
      if (value != null) {
        list.add(one(value, depth));
      }
    }
    return Collections.unmodifiableList(list);
  }

  private static Object number(Number number) {
    BigDecimal value = decimal(number);
    if (Math.abs((long) value.scale()) > MAX_SCALE || value.precision() > MAX_SCALE) {
      throw new IllegalArgumentException("is a number too long to handle");
    }
    BigDecimal plain = value.stripTrailingZeros();
    boolean whole = plain.scale() <= 0 && plain.toBigInteger().bitLength() < Long.SIZE;
    return whole ? (Object) plain.longValueExact() : plain;
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal d) {
      return d;
    }
    if (number instanceof BigInteger i) {
      return new BigDecimal(i);
    }
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no number: " + number, e);
    }
  }
}
