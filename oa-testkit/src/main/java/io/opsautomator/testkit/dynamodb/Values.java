package io.opsautomator.testkit.dynamodb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What attribute values are: their types, what is a valid one, when two are equal, and their order.
 *
 * <p>Values that have been {@link #checked} hold numbers in their one plain form, so that equal
 * numbers are equal texts.
 */
final class Values {
  private static final int MOST_DIGITS = 38;
  private static final BigDecimal LARGEST = new BigDecimal("1E126");
  private static final BigDecimal SMALLEST = new BigDecimal("1E-130");
  private static final int DEEPEST = 32;

  private Values() {}

  /** S, N, B, BOOL, NULL, M, L, SS, NS or BS. */
  static String type(AttributeValue value) {
    return switch (value.type()) {
      case S -> "S";
      case N -> "N";
      case B -> "B";
      case BOOL -> "BOOL";
      case NUL -> "NULL";
      case M -> "M";
      case L -> "L";
      case SS -> "SS";
      case NS -> "NS";
      case BS -> "BS";
      default -> throw Refusals.validation("Supplied AttributeValue has not exactly one data type");
    };
  }

  static boolean is(AttributeValue value, String... types) {
    return Arrays.asList(types).contains(type(value));
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(BigDecimal value) {
    return AttributeValue.fromN(plain(value));
  }

  static AttributeValue map(Map<String, AttributeValue> value) {
    return AttributeValue.fromM(value);
  }

  // -- Validity -----------------------------------------------------------------------------------

  static Map<String, AttributeValue> checked(Map<String, AttributeValue> item) {
    return checked(item, 1);
  }

  private static Map<String, AttributeValue> checked(Map<String, AttributeValue> item, int depth) {
    Map<String, AttributeValue> all = new LinkedHashMap<>(item.size() * 2);
    item.forEach((name, value) -> all.put(name, checked(value, depth)));
    return all;
  }

  /** The same value with its numbers in plain form. */
  static AttributeValue checked(AttributeValue value) {
    return checked(value, 1);
  }

  private static AttributeValue checked(AttributeValue value, int depth) {
    if (depth > DEEPEST) {
      throw Refusals.validation("Nesting Levels have exceeded supported limits");
    }
    return switch (type(value)) {
      case "N" -> isPlain(value.n()) ? value : AttributeValue.fromN(plain(parsed(value.n())));
      case "M" -> AttributeValue.fromM(checked(value.m(), depth + 1));
      case "L" ->
          AttributeValue.fromL(value.l().stream().map(one -> checked(one, depth + 1)).toList());
      case "NS" -> AttributeValue.fromNs(distinct(value.ns(), one -> plain(parsed(one))));
      case "SS" -> AttributeValue.fromSs(distinct(value.ss(), one -> one));
      case "BS" -> AttributeValue.fromBs(distinct(value.bs(), one -> one));
      case "NULL" -> isTrue(value);
      default -> value;
    };
  }

  private static AttributeValue isTrue(AttributeValue value) {
    if (!Boolean.TRUE.equals(value.nul())) {
      throw Refusals.validation("Null attribute value types must have the value of true");
    }
    return value;
  }

  private static <T> List<T> distinct(List<T> members, Function<T, T> form) {
    if (members.isEmpty()) {
      throw Refusals.validation("An attribute that is a set may not be empty");
    }
    List<T> all = new ArrayList<>();
    for (T member : members) {
      all.add(form.apply(member));
    }
    if (new HashSet<>(all).size() < all.size()) {
      throw Refusals.validation("Input collection " + members + " contains duplicates");
    }
    return all;
  }

  private static BigDecimal parsed(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      BigDecimal size = number.abs();
      boolean within = size.compareTo(LARGEST) < 0 && size.compareTo(SMALLEST) >= 0;
      if (number.signum() != 0 && !within) {
        throw Refusals.validation("Number overflow or underflow: " + text);
      }
      if (number.stripTrailingZeros().precision() > MOST_DIGITS) {
        throw Refusals.validation(
            "Attempting to store more than 38 significant digits in a Number");
      }
      return number;
    } catch (NumberFormatException e) {
      throw Refusals.validation(
          "The parameter cannot be converted to a numeric value: " + text + " (" + e + ")");
    }
  }

  /** Whether it is a whole number, neither large nor negative, as {@link #plain} writes it. */
  private static boolean isPlain(String number) {
    boolean plain = !number.isEmpty() && number.length() < 19;
    for (int i = 0; plain && i < number.length(); i++) {
      plain = number.charAt(i) >= '0' && number.charAt(i) <= '9';
    }
    return plain && (number.length() == 1 || number.charAt(0) != '0');
  }

  static BigDecimal number(AttributeValue value) {
    return new BigDecimal(value.n());
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** A sum or difference, within what a number may be. */
  static AttributeValue calculated(BigDecimal number) {
    return AttributeValue.fromN(plain(parsed(number.toString())));
  }

  // -- Equality and order -------------------------------------------------------------------------

  /** Of checked values; sets are equal whatever the order of their members. */
  static boolean equal(AttributeValue one, AttributeValue other) {
    if (one.type() != other.type()) {
      return false;
    }
    return switch (one.type()) {
      case SS -> new HashSet<>(one.ss()).equals(new HashSet<>(other.ss()));
      case NS -> new HashSet<>(one.ns()).equals(new HashSet<>(other.ns()));
      case BS -> new HashSet<>(one.bs()).equals(new HashSet<>(other.bs()));
      case L -> equal(one.l(), other.l());
      case M -> equal(one.m(), other.m());
      default -> one.equals(other);
    };
  }

  private static boolean equal(List<AttributeValue> one, List<AttributeValue> other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = equal(one.get(i), other.get(i));
    }
    return same;
  }

  static boolean equal(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    boolean same = one.keySet().equals(other.keySet());
    for (Map.Entry<String, AttributeValue> entry : one.entrySet()) {
      @Nullable AttributeValue its = same ? other.get(entry.getKey()) : null;
      same = its != null && equal(entry.getValue(), its);
    }
    return same;
  }

  static boolean ordered(AttributeValue value) {
    return is(value, "S", "N", "B");
  }

  /** Of two values of the same of the types S, N and B. */
  static int compare(AttributeValue one, AttributeValue other) {
    return switch (one.type()) {
      case S -> compare(one.s(), other.s());
      case N -> number(one).compareTo(number(other));
      case B -> Arrays.compareUnsigned(bytes(one.b()), bytes(other.b()));
      default -> throw new IllegalArgumentException(type(one) + " has no order");
    };
  }

  /** As their bytes in UTF-8 compare, which is as their code points do. */
  private static int compare(String one, String other) {
    int least = Math.min(one.length(), other.length());
    for (int i = 0; i < least; i++) {
      char left = one.charAt(i);
      char right = other.charAt(i);
      if (left != right) {
        boolean pairs = Character.isSurrogate(left) != Character.isSurrogate(right);
        return pairs ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  static byte[] bytes(SdkBytes bytes) {
    return bytes.asByteArrayUnsafe();
  }

  static boolean startsWith(AttributeValue value, AttributeValue prefix) {
    if (value.type() != prefix.type()) {
      return false;
    }
    if (value.type() == AttributeValue.Type.S) {
      return value.s().startsWith(prefix.s());
    }
    byte[] all = bytes(value.b());
    byte[] first = bytes(prefix.b());
    return all.length >= first.length
        && Arrays.equals(all, 0, first.length, first, 0, first.length);
  }

  // -- Size ---------------------------------------------------------------------------------------

  /** What an item counts against the limit of 400 KB, and against capacity, in bytes. */
  static int size(Map<String, AttributeValue> item) {
    int sum = 0;
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      sum += utf8(entry.getKey()) + size(entry.getValue());
    }
    return sum;
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> size(value.n());
      case B -> bytes(value.b()).length;
      case SS -> value.ss().stream().mapToInt(Values::utf8).sum();
      case NS -> value.ns().stream().mapToInt(Values::size).sum();
      case BS -> value.bs().stream().mapToInt(one -> bytes(one).length).sum();
      case L -> 3 + value.l().stream().mapToInt(one -> 1 + size(one)).sum();
      case M -> 3 + value.m().size() + size(value.m());
      default -> 1;
    };
  }

  /** Two digits a byte, and one for the exponent. */
  private static int size(String number) {
    if (isPlain(number)) {
      int digits = number.length();
      while (digits > 1 && number.charAt(digits - 1) == '0') {
        digits--;
      }
      return 1 + (digits + 1) / 2;
    }
    BigDecimal value = new BigDecimal(number).stripTrailingZeros();
    return 1 + (value.precision() + 1) / 2 + (value.signum() < 0 ? 1 : 0);
  }

  static int utf8(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }
}
