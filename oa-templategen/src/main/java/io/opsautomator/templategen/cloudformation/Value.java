package io.opsautomator.templategen.cloudformation;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can stand in a template: a text, a number, a boolean, a list, {@link Fields}, or a call of
 * an intrinsic function. Immutable.
 *
 * <p>What a function refers to is looked up when the template is built, not here; so parts can be
 * made in any order. Wherever an {@code Object} is taken, {@link #of} says what it may be.
 */
public sealed interface Value permits Scalar, Items, Fields, Call {
  /**
   * The value of a text, a number, a boolean, a collection or a map of these; values stay as they
   * are. A map that has no order of its own is put into that of its keys, so that the same template
   * is always the same bytes.
   *
   * @throws IllegalArgumentException naming the class of anything else
   */
  static Value of(Object raw) {
    if (raw instanceof Value value) {
      return value;
    }
    if (raw instanceof String || raw instanceof Boolean) {
      return new Scalar(raw);
    }
    if (raw instanceof Number number) {
      return new Scalar(new BigDecimal(number.toString()));
    }
    if (raw instanceof Collection<?> c) {
      return new Items(c.stream().map(Value::of).toList());
    }
    if (raw instanceof Map<?, ?> map) {
      return fields(map);
    }
    throw new IllegalArgumentException(
        "a " + raw.getClass().getName() + " cannot stand in a template: " + raw);
  }

  private static Fields fields(Map<?, ?> map) {
    boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap;
    Map<String, Value> fields = ordered ? new LinkedHashMap<>() : new TreeMap<>();
    map.forEach((key, value) -> fields.put(key.toString(), of(value)));
    return new Fields(fields);
  }

  /** A list of these. */
  static Value list(Object... elements) {
    return of(Arrays.asList(elements));
  }

  /** Fields without any yet. */
  static Fields fields() {
    return new Fields(Map.of());
  }

  /** {@code Ref}: of a parameter or a resource of the template, or one of {@link Pseudo}. */
  static Value ref(String id) {
    return new Call("Ref", new Scalar(id), List.of(Reference.to(id)));
  }

  /**
   * {@code Fn::GetAtt}.
   *
   * @param attribute such as {@code Arn}, or {@code Endpoint.Port}
   */
  static Value getAtt(String resource, String attribute) {
    return new Call(
        "Fn::GetAtt", list(resource, attribute), List.of(Reference.ofResource(resource)));
  }

  /** The {@code Arn} of a resource. */
  static Value arn(String resource) {
    return getAtt(resource, "Arn");
  }

  /** {@code Fn::Sub}: <code>${Name}</code>, <code>${Name.Attribute}</code>; {@code ${!…}} stays. */
  static Value sub(String text) {
    return new Call("Fn::Sub", new Scalar(text), SubText.references(text, List.of()));
  }

  /** {@code Fn::Sub} with values of its own, which go before those of the template. */
  static Value sub(String text, Fields variables) {
    return new Call(
        "Fn::Sub", list(text, variables), SubText.references(text, variables.entries().keySet()));
  }

  /** {@code Fn::Join}. {@code elements} is a list, or a function that gives one. */
  static Value join(String delimiter, Object elements) {
    return new Call("Fn::Join", list(delimiter, elements), List.of());
  }

  /** {@code Fn::Split}. */
  static Value split(String delimiter, Object text) {
    return new Call("Fn::Split", list(delimiter, text), List.of());
  }

  /** {@code Fn::Select}: one element of a list, counted from 0. */
  static Value select(int index, Object elements) {
    return new Call("Fn::Select", list(index, elements), List.of());
  }

  /** {@code Fn::If}. {@code condition} is the name of one of the template's conditions. */
  static Value when(String condition, Object then, Object otherwise) {
    return new Call(
        "Fn::If", list(condition, then, otherwise), List.of(Reference.toCondition(condition)));
  }

  /** A value that is only there if the condition holds. */
  static Value when(String condition, Object then) {
    return when(condition, then, Pseudo.NO_VALUE);
  }

  /** {@code Fn::FindInMap}. Keys are texts or functions. */
  static Value findInMap(String mapping, Object first, Object second) {
    return new Call(
        "Fn::FindInMap", list(mapping, first, second), List.of(Reference.toMapping(mapping)));
  }

  /** {@code Fn::ImportValue}: what another stack exports under this name. */
  static Value importValue(Object name) {
    return new Call("Fn::ImportValue", of(name), List.of());
  }

  /** {@code Fn::GetAZs} of the stack's region. */
  static Value availabilityZones() {
    return new Call("Fn::GetAZs", new Scalar(""), List.of());
  }

  /** {@code Fn::Base64}. */
  static Value base64(Object text) {
    return new Call("Fn::Base64", of(text), List.of());
  }
}
