package io.opsautomator.testkit;

import io.opsautomator.action.ParameterSchema;
import io.opsautomator.action.ParameterSchema.Decoded;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters as a task would give them, so that reading them is part of every run. */
final class RawParameters {
  private RawParameters() {}

  /**
   * @throws IllegalArgumentException if no task could give these parameters
   */
  static <P extends Record> Map<String, Object> of(ParameterSchema<P> schema, P value) {
    Map<String, Object> raw = new LinkedHashMap<>(schema.encode(value));
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      schema
          .field(component.getName())
          .filter(field -> field.about().secret() && raw.containsKey(field.name()))
          .ifPresent(field -> raw.put(field.name(), secret(component.getAccessor(), value)));
    }
    Decoded<P> decoded = schema.decode(raw);
    if (!decoded.equals(new Decoded.Valid<>(value))) {
      throw new IllegalArgumentException(
          "no task can have the parameters " + value + ": they would be read as " + decoded);
    }
    return raw;
  }

  /** What the schema masks. */
  private static String secret(Method accessor, Record value) {
    try {
      accessor.setAccessible(true);
      Object secret = accessor.invoke(value);
      return secret instanceof Optional<?> some ? some.orElseThrow() + "" : secret.toString();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }
}
