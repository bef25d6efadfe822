package io.opsautomator.engine.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.opsautomator.action.ActionException;
import io.opsautomator.action.ParameterSchema;
import io.opsautomator.task.Task;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a task's secret parameters, which must not be seen in what is told of it.
 * Immutable.
 *
 * <p>A value is looked for as it is and as JSON writes it, since what is told may be JSON already.
 * The longest is masked first: one secret may be the beginning of another. One or two characters
 * are no secret, and masking them everywhere would leave nothing to read.
 */
final class Secrets {
  static final Secrets NONE = new Secrets(List.of());

  private static final int SHORTEST = 3;

  private final List<String> forms;

  private Secrets(List<String> forms) {
    this.forms = forms;
  }

  static Secrets of(ParameterSchema<?> schema, Task task) {
    Set<String> forms = new HashSet<>();
    task.work()
        .parameters()
        .forEach(
            (name, value) ->
                schema
                    .field(name)
                    .filter(field -> field.about().secret())
                    .ifPresent(secret -> collect(value, forms)));
    return new Secrets(
        forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList());
  }

  private static void collect(Object value, Set<String> forms) {
    if (value instanceof Collection<?> elements) {
      elements.forEach(element -> collect(element, forms));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(inner -> collect(inner, forms));
    } else if (!(value instanceof Boolean)) {
      add(value.toString(), forms);
      add(value.toString().strip(), forms);
    }
  }

  private static void add(String secret, Set<String> forms) {
    if (secret.strip().length() >= SHORTEST) {
      forms.add(secret);
      forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
    }
  }

  String masked(String text) {
    String shown = text;
    for (String form : forms) {
      shown = shown.replace(form, ParameterSchema.MASK);
    }
    return shown;
  }

  /** For logs: the same trace, without the secrets in its messages. */
  Throwable masked(Throwable failure) {
    return forms.isEmpty() ? failure : new Masked(this, failure, new HashSet<>());
  }

  /** What to fail with instead: the failure itself if there is nothing to hide. */
  RuntimeException unexpected(RuntimeException failure) {
    return forms.isEmpty()
        ? failure
        : new ActionException("ERR_UNEXPECTED", masked(failure.toString()), masked(failure));
  }

  /** What they are is not told. */
  @Override
  public String toString() {
    return forms.isEmpty() ? "no secrets" : "secrets";
  }

  /** A failure in its own words and those of its causes, less the secrets. */
  private static final class Masked extends Exception {
    private static final long serialVersionUID = 1L;

    Masked(Secrets secrets, Throwable failure, Set<Throwable> seen) {
      super(secrets.masked(failure.toString()), cause(secrets, failure, seen), false, true);
      setStackTrace(failure.getStackTrace());
    }

    private static @Nullable Throwable cause(
        Secrets secrets, Throwable failure, Set<Throwable> seen) {
      Throwable cause = failure.getCause();
      return cause == null || !seen.add(cause) ? null : new Masked(secrets, cause, seen);
    }
  }
}
