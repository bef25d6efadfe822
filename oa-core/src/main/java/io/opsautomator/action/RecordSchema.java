package io.opsautomator.action;

import io.opsautomator.internal.Nearest;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schema of one record class, by reflection. */
final class RecordSchema<P extends Record> implements ParameterSchema<P> {
  private final P defaults;
  private final Constructor<P> constructor;
  private final List<Component> components;
  private final Map<String, Component> bySpelling;

  private RecordSchema(P defaults, Constructor<P> constructor, List<Component> components) {
    this.defaults = defaults;
    this.constructor = constructor;
    this.components = List.copyOf(components);
    Map<String, Component> spellings = new LinkedHashMap<>();
    for (Component component : components) {
      Spelling.of(component.field().name()).forEach(name -> spellings.put(name, component));
    }
    this.bySpelling = Map.copyOf(spellings);
  }

  static <P extends Record> ParameterSchema<P> of(P defaults) {
    @SuppressWarnings("unchecked") // getClass() of a P; records have no subclasses
    Class<P> type = (Class<P>) defaults.getClass();
    List<String> problems = new ArrayList<>();
    List<Component> components = new ArrayList<>();
    Set<String> spellings = new HashSet<>();
    for (RecordComponent declared : type.getRecordComponents()) {
      try {
        Component component = Component.of(declared, defaults);
        components.add(component);
        if (!Collections.disjoint(spellings, Spelling.of(component.field().name()))) {
          throw new IllegalArgumentException(
              "has the wire name of another, " + component.field().name());
        }
        spellings.addAll(Spelling.of(component.field().name()));
      } catch (IllegalArgumentException e) {
        problems.add(declared.getName() + " " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Parameters " + type.getName() + ": " + String.join("; ", problems));
    }
    return new RecordSchema<>(defaults, canonical(type), components);
  }

  private static <P extends Record> Constructor<P> canonical(Class<P> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<P> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("no canonical constructor in " + type.getName(), e);
    }
  }

  @Override
  public List<Field> fields() {
    return components.stream().map(Component::field).toList();
  }

  @Override
  public P defaults() {
    return defaults;
  }

  @Override
  public Optional<Field> field(String spelling) {
    return Optional.ofNullable(bySpelling.get(spelling)).map(Component::field);
  }

  @Override
  public Decoded<P> decode(Map<String, ?> raw) {
    List<Violation> wrong = new ArrayList<>();
    Map<Component, Object> given = given(raw, wrong);
    @Nullable Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components.get(i), given, wrong);
    }
    return wrong.isEmpty() ? create(values, given) : new Decoded.Invalid<>(wrong);
  }

  private @Nullable Object value(
      Component component, Map<Component, Object> given, List<Violation> wrong) {
    Object supplied = given.get(component);
    if (supplied != null) {
      return component.read(supplied, wrong::add);
    }
    if (component.field().about().required()) {
      wrong.add(
          new Violation(
              "ERR_REQUIRED_PARAM_MISSING",
              component.field().name(),
              "is required and missing: " + component.field().about().label()));
    }
    return component.value(defaults);
  }

  private Map<Component, Object> given(Map<String, ?> raw, List<Violation> wrong) {
    Map<Component, Object> given = new LinkedHashMap<>();
    raw.forEach(
        (name, value) -> {
          Component component = bySpelling.get(name);
          if (component == null) {
            wrong.add(unknown(name));
          } else if (!absent(value) && given.put(component, value) != null) {
            wrong.add(
                new Violation(
                    "ERR_UNKNOWN_PARAMETER",
                    component.field().name(),
                    "is given twice, in two spellings; keep one"));
          }
        });
    return given;
  }

  private Violation unknown(String name) {
    List<String> known = fields().stream().map(Field::name).toList();
    String hint = Nearest.hint(name.replace("_", ""), known);
    String remedy = known.isEmpty() ? "there are none" : "known: " + String.join(", ", known);
    return new Violation(
        "ERR_UNKNOWN_PARAMETER",
        name,
        "is not a parameter of this action" + (hint.isEmpty() ? "; " + remedy : hint));
  }

  private static boolean absent(@Nullable Object raw) {
    return raw == null
        || raw instanceof String s && s.isBlank()
        || raw instanceof List<?> l && l.isEmpty()
        || raw instanceof Map<?, ?> m && m.isEmpty();
  }

  private Decoded<P> create(@Nullable Object[] values, Map<Component, Object> given) {
    try {
      return new Decoded.Valid<>(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      String why = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
      return new Decoded.Invalid<>(List.of(new Violation("", hidden(why, given))));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + constructor.getDeclaringClass(), e);
    }
  }

  /** The record's own constructor may have put a secret into its message. */
  private static String hidden(String message, Map<Component, Object> given) {
    String hidden = message;
    for (Map.Entry<Component, Object> entry : given.entrySet()) {
      if (entry.getKey().field().about().secret()) {
        hidden = hidden.replace(entry.getValue().toString(), MASK);
      }
    }
    return hidden;
  }

  @Override
  public Map<String, Object> encode(P value) {
    Map<String, Object> wire = new LinkedHashMap<>();
    for (Component component : components) {
      boolean secret = component.field().about().secret();
      component
          .write(component.value(value))
          .ifPresent(raw -> wire.put(component.field().name(), secret ? MASK : raw));
    }
    return Collections.unmodifiableMap(wire);
  }

  @Override
  public Map<String, Object> masked(Map<String, ?> raw) {
    Map<String, Object> masked = new LinkedHashMap<>();
    raw.forEach(
        (name, value) -> {
          boolean secret = field(name).map(f -> f.about().secret()).orElse(false);
          masked.put(name, secret ? MASK : value);
        });
    return Collections.unmodifiableMap(masked);
  }
}
