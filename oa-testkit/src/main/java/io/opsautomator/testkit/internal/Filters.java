package io.opsautomator.testkit.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * EC2's filters over one kind of thing: names are joined by and, the values of one by or; {@code *}
 * stands for any characters and {@code ?} for one. A name that the kind does not know is refused
 * with InvalidParameterValue, as the service does.
 */
final class Filters<T> {
  private final Map<String, Function<T, Collection<String>>> attributes = new HashMap<>();
  private final Function<T, Map<String, String>> tags;

  Filters(Function<T, Map<String, String>> tags) {
    this.tags = tags;
  }

  Filters<T> one(String name, Function<T, String> attribute) {
    return many(name, thing -> List.of(attribute.apply(thing)));
  }

  Filters<T> many(String name, Function<T, Collection<String>> attribute) {
    attributes.put(name, attribute);
    return this;
  }

  boolean matches(List<Filter> filters, T thing) {
    for (Filter filter : filters) {
      if (!matches(filter, thing)) {
        return false;
      }
    }
    return true;
  }

  /** Also where nothing is there to be filtered. */
  void require(List<Filter> filters) {
    for (Filter filter : filters) {
      String name = filter.name();
      if (!name.startsWith("tag:")
          && !name.equals("tag-key")
          && !name.equals("tag-value")
          && !attributes.containsKey(name)) {
        throw new Refusal("InvalidParameterValue", "The filter '" + name + "' is invalid");
      }
    }
  }

  private boolean matches(Filter filter, T thing) {
    for (String actual : values(filter.name(), thing)) {
      for (String wanted : filter.values()) {
        if (like(wanted, actual)) {
          return true;
        }
      }
    }
    return false;
  }

  private Collection<String> values(String name, T thing) {
    Function<T, Collection<String>> attribute = attributes.get(name);
    if (attribute != null) {
      return attribute.apply(thing);
    }
    Map<String, String> its = tags.apply(thing);
    if (name.startsWith("tag:")) {
      String value = its.get(name.substring("tag:".length()));
      return value == null ? List.of() : List.of(value);
    }
    return name.equals("tag-key") ? its.keySet() : its.values();
  }

  private static boolean like(String pattern, String actual) {
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
      return pattern.equals(actual);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(actual).matches();
  }
}
