package io.opsautomator.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The actions there are, by wire name. Immutable and thread-safe. */
public final class ActionCatalog {
  private final SortedMap<String, Action<?>> byName;

  private ActionCatalog(SortedMap<String, Action<?>> byName) {
    this.byName = Collections.unmodifiableSortedMap(byName);
  }

  /**
   * Of these actions.
   *
   * @throws IllegalStateException naming both classes if two actions have one name
   */
  public static ActionCatalog of(Collection<? extends Action<?>> actions) {
    SortedMap<String, Action<?>> byName = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Action<?> action : actions) {
      String name = action.metadata().name();
      Action<?> other = byName.put(name, action);
      if (other != null && other != action) {
        problems.add(
            "two actions are named "
                + name
                + ": "
                + className(other)
                + " and "
                + className(action));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
    return new ActionCatalog(byName);
  }

  /**
   * Of all actions on the class path, by their {@link ActionProvider}s.
   *
   * @throws IllegalStateException naming the provider that fails, or both classes if two actions
   *     have one name
   */
  public static ActionCatalog discover(Services services) {
    return discover(ServiceLoader.load(ActionProvider.class), services);
  }

  static ActionCatalog discover(Iterable<ActionProvider> providers, Services services) {
    List<Action<?>> actions = new ArrayList<>();
    try {
      for (ActionProvider provider : providers) {
        actions.addAll(actionsOf(provider, services));
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException("An action provider cannot be loaded: " + e.getMessage(), e);
    }
    return of(actions);
  }

  private static Collection<? extends Action<?>> actionsOf(
      ActionProvider provider, Services services) {
    try {
      return provider.actions(services);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Action provider " + className(provider) + " fails: " + e.getMessage(), e);
    }
  }

  private static String className(Object object) {
    return object.getClass().getName();
  }

  public Optional<Action<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In alphabetical order. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(byName.keySet()));
  }

  /** In alphabetical order of their names. */
  public Collection<Action<?>> actions() {
    return byName.values();
  }
}
