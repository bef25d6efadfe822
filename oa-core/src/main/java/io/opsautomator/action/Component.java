package io.opsautomator.action;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.opsautomator.InvalidExpressionException;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.internal.Nearest;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One component of a parameters record: reads and checks a raw value, and writes a value back.
 *
 * <p>{@link #read} reports what is wrong instead of throwing, and returns null exactly if it has
 * reported something. No problem it reports shows the value of a secret: {@link #quoted} is the
 * only way from a value into a text, and whoever adds a check goes through it.
 */
final class Component {
  private final Field field;
  private final Method accessor;
  private final WireType element;
  private final Shape shape;
  private final @Nullable Pattern pattern;

  private Component(
      Field field, Method accessor, WireType element, Shape shape, @Nullable Pattern pattern) {
    this.field = field;
    this.accessor = accessor;
    this.element = element;
    this.shape = shape;
    this.pattern = pattern;
  }

  /** What is around the element's type. */
  private record Shape(boolean optional, boolean list, Type element) {
    static Shape of(Type type) {
      Optional<Type> inOptional = WireType.inside(type, Optional.class);
      Type inner = inOptional.orElse(type);
      Optional<Type> inList = WireType.inside(inner, List.class);
      return new Shape(inOptional.isPresent(), inList.isPresent(), inList.orElse(inner));
    }
  }

  /** Throws IllegalArgumentException saying why this component cannot be a parameter. */
  static Component of(RecordComponent component, Record defaults) {
    Param about = component.getAnnotation(Param.class);
    if (about == null) {
      throw new IllegalArgumentException("has no @Param");
    }
    Shape shape = Shape.of(component.getGenericType());
    WireType element =
        WireType.of(shape.element())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "is of type "
                            + component.getGenericType().getTypeName()
                            + ", which no parameter can have"));
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    Field bare =
        new Field(
            Spelling.upperCamel(component.getName()),
            component.getGenericType(),
            about,
            Optional.empty(),
            about.allowed().length > 0 ? List.of(about.allowed()) : element.allowed(),
            shape.list() ? "list, each " + element.words() : element.words());
    return new Component(bare, accessor, element, shape, compiled(about.pattern()))
        .withDefault(defaults);
  }

  private static @Nullable Pattern compiled(String pattern) {
    try {
      return pattern.isEmpty() ? null : Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("has a bad pattern: " + e.getMessage(), e);
    }
  }

  private Component withDefault(Record defaults) {
    Object value = value(defaults);
    if (value == null) {
      throw new IllegalArgumentException(
          "has a null default; use an empty text, an empty list or an Optional");
    }
    if (field.about().required()) {
      return this;
    }
    Optional<Object> wire = write(value);
    List<Violation> wrong = new ArrayList<>();
    wire.ifPresent(raw -> read(raw, wrong::add));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "has a default that it does not allow: " + wrong.get(0).problem());
    }
    Optional<String> shown = field.about().secret() ? Optional.empty() : wire.map(Component::plain);
    Field full =
        new Field(
            field.name(), field.type(), field.about(), shown, field.allowed(), field.typeName());
    return new Component(full, accessor, element, shape, pattern);
  }

  Field field() {
    return field;
  }

  /** The component's value in a record of parameters. */
  Object value(Record parameters) {
    try {
      return accessor.invoke(parameters);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }

  /** Null if something was reported. */
  @Nullable Object read(Object raw, Consumer<Violation> wrong) {
    @Nullable Object value = shape.list() ? elements(raw, wrong) : one(raw, field.name(), wrong);
    return value == null || !shape.optional() ? value : Optional.of(value);
  }

  private @Nullable Object elements(Object raw, Consumer<Violation> wrong) {
    if (raw instanceof Map) {
      report("ERR_WRONG_PARAM_TYPE", field.name(), raw, "is a map, not a list", wrong);
      return null;
    }
    List<?> parts = raw instanceof List<?> l ? l : split(raw.toString());
    List<Object> read = new ArrayList<>();
    boolean whole = true;
    for (int i = 0; i < parts.size(); i++) {
      Object value = one(parts.get(i), field.name() + "[" + i + "]", wrong);
      whole &= value != null;
      if (value != null) {
        read.add(value);
      }
    }
    return whole ? List.copyOf(read) : null;
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private @Nullable Object one(@Nullable Object raw, String where, Consumer<Violation> wrong) {
    if (raw == null) {
      wrong.accept(new Violation("ERR_WRONG_PARAM_TYPE", where, "is empty"));
      return null;
    }
    try {
      Object value = element.reader().read(raw);
      return allowed(value, raw, where, wrong) && bounded(value, raw, where, wrong) ? value : null;
    } catch (InvalidExpressionException e) {
      String problem =
          field.about().secret() ? "is not a " + element.words() : String.valueOf(e.getMessage());
      wrong.accept(new Violation("ERR_WRONG_PARAM_TYPE", where, problem));
    } catch (WireType.Refusal e) {
      String code = element.allowed().isEmpty() ? "ERR_WRONG_PARAM_TYPE" : "ERR_NOT_ALLOWED_VALUE";
      report(code, where, raw, e.getMessage() + "", wrong);
    }
    return null;
  }

  private boolean allowed(Object value, Object raw, String where, Consumer<Violation> wrong) {
    List<String> only = List.of(field.about().allowed());
    String wire = element.writer().write(value).toString();
    if (only.isEmpty() || only.contains(wire)) {
      return true;
    }
    String hint = field.about().secret() ? "" : Nearest.hint(wire, only);
    report(
        "ERR_NOT_ALLOWED_VALUE",
        where,
        raw,
        "is not allowed; use one of " + String.join(", ", only) + hint,
        wrong);
    return false;
  }

  private boolean bounded(Object value, Object raw, String where, Consumer<Violation> wrong) {
    boolean text = value instanceof String;
    double size = size(value);
    String what =
        (text ? "has " + (long) size + " characters" : "is out of bounds") + "; allowed: ";
    if (size < field.about().min()) {
      report(text ? "ERR_MIN_LEN" : "ERR_MIN_VALUE", where, raw, what + field.bounds(), wrong);
    } else if (size > field.about().max()) {
      report(text ? "ERR_MAX_LEN" : "ERR_MAX_VALUE", where, raw, what + field.bounds(), wrong);
    } else if (pattern != null && !pattern.matcher(value.toString()).matches()) {
      report("ERR_PATTERN_VALUE", where, raw, "does not match " + pattern.pattern(), wrong);
    } else {
      return true;
    }
    return false;
  }

  /** What min and max bound; for what has no size, something that is always within them. */
  private double size(Object value) {
    if (value instanceof String s) {
      return s.length();
    }
    if (value instanceof Duration d) {
      return d.toSeconds() / 60.0;
    }
    return value instanceof Number n ? n.doubleValue() : field.about().min();
  }

  private void report(
      String code, String where, Object raw, String problem, Consumer<Violation> wrong) {
    wrong.accept(new Violation(code, where, quoted(raw) + problem));
  }

  private String quoted(Object raw) {
    if (field.about().secret()) {
      return "the value (secret, not shown) ";
    }
    String text = raw.toString();
    return "'" + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + "' ";
  }

  /** The wire form; empty if there is nothing to write. */
  Optional<Object> write(Object value) {
    if (value instanceof Optional<?> o) {
      return o.flatMap(this::write);
    }
    if (value instanceof List<?> l) {
      return l.isEmpty()
          ? Optional.empty()
          : Optional.of(l.stream().map(element.writer()::write).toList());
    }
    Object wire = element.writer().write(value);
    return "".equals(wire) ? Optional.empty() : Optional.of(wire);
  }

  private static String plain(Object wire) {
    return wire instanceof List<?> l
        ? String.join(",", l.stream().map(Object::toString).toList())
        : wire.toString();
  }
}
