package io.opsautomator.templategen;

import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Value;
import java.math.BigDecimal;
import java.util.List;

/** One parameter of an action in JSON Schema's words. */
final class FieldSchema {
  static final String DURATION = "^([0-9]{1,9}[smhd]?|P.+)$";

  private final Field field;
  private final Param about;
  private final String element;
  private final boolean list;

  private FieldSchema(Field field) {
    FieldForm form = new FieldForm(field);
    this.field = field;
    this.about = field.about();
    this.element = form.element();
    this.list = form.isList();
  }

  static Fields of(Field field) {
    return new FieldSchema(field).schema();
  }

  private Fields schema() {
    String more = about.description().isEmpty() ? "" : ": " + about.description();
    Fields all = Value.fields().with("description", about.label() + more);
    Fields one = one();
    all = list ? all.with("type", "array").with("items", one) : merged(all, one);
    return field.fallback().isPresent() ? all.with("default", fallback()) : all;
  }

  private static Fields merged(Fields first, Fields second) {
    Fields all = first;
    for (var entry : second.entries().entrySet()) {
      all = all.with(entry.getKey(), entry.getValue());
    }
    return all;
  }

  private Fields one() {
    if (!field.allowed().isEmpty()) {
      return allowed();
    }
    return switch (element) {
      case "yes or no" -> yesNo();
      case "whole number" -> bounded(Value.fields().with("type", "integer"));
      case "number" -> bounded(Value.fields().with("type", "number"));
      case "minutes" -> bounded(duration());
      default -> text();
    };
  }

  /** Texts, or numbers where the type is one. */
  private Fields allowed() {
    boolean number = element.endsWith("number");
    return Value.fields()
        .with(
            "enum",
            field.allowed().stream().map(it -> number ? new BigDecimal(it) : (Object) it).toList());
  }

  static Fields yesNo() {
    return Value.fields().with("enum", List.of(true, false, "yes", "no"));
  }

  static Fields duration() {
    return Value.fields().with("type", List.of("integer", "string")).with("pattern", DURATION);
  }

  private Fields bounded(Fields number) {
    Fields all = number;
    all = about.min() == Long.MIN_VALUE ? all : all.with("minimum", about.min());
    return about.max() == Long.MAX_VALUE ? all : all.with("maximum", about.max());
  }

  private Fields text() {
    Fields all = Value.fields().with("type", "string");
    all = about.min() <= 0 ? all : all.with("minLength", about.min());
    all = about.max() == Long.MAX_VALUE ? all : all.with("maxLength", about.max());
    return about.pattern().isEmpty() ? all : all.with("pattern", "^(" + about.pattern() + ")$");
  }

  private Object fallback() {
    String text = field.fallback().orElse("");
    if (list) {
      return List.of(text.split(",")).stream().map(this::plain).toList();
    }
    return plain(text);
  }

  private Object plain(String text) {
    if (element.equals("yes or no")) {
      return Boolean.valueOf(text);
    }
    boolean number = element.endsWith("number") || element.equals("minutes");
    return number && text.matches("-?[0-9]+([.][0-9]+)?") ? new BigDecimal(text) : text;
  }
}
