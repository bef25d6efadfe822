package io.opsautomator.text;

import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagChanges;
import io.opsautomator.resource.TaskList;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What placeholders stand for. Immutable: each method gives a copy with one thing more.
 *
 * <p>Three groups, of which the earlier wins: the common ones ({@code {task}}, {@code {region}},
 * {@code {iso-date}} and so on; empty where not given), the action's own, and {@code {ssm:NAME}}. A
 * value is put in as it is: braces in it are not looked at again, so that a tag of a stranger
 * cannot read a parameter.
 *
 * <p>All times are those of one instant, in the task's zone, to the second.
 */
public final class Placeholders {
  private static final String SSM = "ssm:";
  private static final Set<String> IDENTITY =
      Set.of("account", "region", "stack", "task", "task-id", "task-tag");

  private final ZonedDateTime time;
  private final Map<String, String> identity;
  private final Map<String, String> own;
  private final ParameterStore parameters;

  private Placeholders(
      ZonedDateTime time,
      Map<String, String> identity,
      Map<String, String> own,
      ParameterStore parameters) {
    this.time = time;
    this.identity = identity;
    this.own = own;
    this.parameters = parameters;
  }

  /** Those of an instant, and nothing else yet but the task-list tag's usual name. */
  public static Placeholders at(Instant instant, ZoneId zone) {
    return new Placeholders(
        instant.atZone(zone),
        Map.of("task-tag", TaskList.DEFAULT_TAG),
        Map.of(),
        ParameterStore.NONE);
  }

  /** {@code {account}} and {@code {region}}. */
  public Placeholders in(Scope scope) {
    return identity("account", scope.account().value()).identity("region", scope.region().value());
  }

  /** {@code {stack}}: the deployment. */
  public Placeholders stack(String stack) {
    return identity("stack", stack);
  }

  /** {@code {task}} and {@code {task-id}}: its name, and the id of what runs of it. */
  public Placeholders task(String name, String id) {
    return identity("task", name).identity("task-id", id);
  }

  /** {@code {task-tag}}: the name of the task-list tag. */
  public Placeholders taskTag(String name) {
    return identity("task-tag", name);
  }

  /** {@code {ssm:NAME}}. */
  public Placeholders parameters(ParameterStore store) {
    return new Placeholders(time, identity, own, store);
  }

  /**
   * One of the action's own. The names {@code account} and {@code region} say what the action works
   * on; any other common name keeps its common meaning.
   *
   * @param value a collection becomes its elements joined by commas, a map JSON, an empty {@code
   *     Optional} the empty text, anything else its {@code toString()}
   * @throws IllegalArgumentException if the name could not be written in a template, or has a
   *     meaning of its own there
   */
  public Placeholders with(String name, Object value) {
    if (!name.matches("[^{}]+") || name.startsWith(SSM) || isDelete(name)) {
      throw new IllegalArgumentException("not a placeholder's name: " + name);
    }
    if (name.equals("account") || name.equals("region")) {
      return identity(name, Values.text(value));
    }
    return new Placeholders(time, identity, plus(own, name, Values.text(value)), parameters);
  }

  private static boolean isDelete(String name) {
    return ("{" + name + "}").equals(TagChanges.DELETE);
  }

  private Placeholders identity(String name, String value) {
    return new Placeholders(time, plus(identity, name, value), own, parameters);
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new HashMap<>(map);
    copy.put(name, value);
    return Collections.unmodifiableMap(copy);
  }

  /** All that a template needs, with the parameters among these names looked up in one go. */
  Resolved resolve(Set<String> names) {
    Set<String> wanted =
        names.stream()
            .filter(name -> name.startsWith(SSM))
            .map(name -> name.substring(SSM.length()))
            .collect(Collectors.toUnmodifiableSet());
    return new Resolved(this, wanted.isEmpty() ? Map.of() : parameters.lookUp(wanted));
  }

  private Optional<String> local(String name) {
    if (IDENTITY.contains(name)) {
      return Optional.of(identity.getOrDefault(name, ""));
    }
    return TimePlaceholders.value(name, time).or(() -> Optional.ofNullable(own.get(name)));
  }

  /** Placeholders and the parameters one template needs. */
  record Resolved(Placeholders placeholders, Map<String, String> parameters) {
    Optional<String> value(String name) {
      return name.startsWith(SSM)
          ? Optional.ofNullable(parameters.get(name.substring(SSM.length())))
          : placeholders.local(name);
    }
  }
}
