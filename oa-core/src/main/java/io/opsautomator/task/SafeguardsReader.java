package io.opsautomator.task;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.internal.Durations;
import io.opsautomator.internal.Nearest;
import io.opsautomator.resource.ArnPattern;
import io.opsautomator.resource.Denylist;
import io.opsautomator.resource.Scope.AccountId;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a safeguards file. Takes nothing for absent that is only misspelt, or of the wrong
 * form: whoever wrote it relies on it.
 */
final class SafeguardsReader {
  private static final List<String> TOP = List.of("deny", "budget");
  private static final List<String> DENY = List.of("accounts", "tags", "resources");
  private static final List<String> BUDGET = List.of("resources", "per");

  private final Problems problems;

  SafeguardsReader(Problems problems) {
    this.problems = problems;
  }

  /** Empty if something was wrong. */
  Optional<Safeguards> read(SourceNode root) {
    SourceFile.duplicates(root, "", problems);
    Map<String, SourceNode> top = map("", root, TOP);
    Denylist deny = Optional.ofNullable(top.get("deny")).map(this::deny).orElse(Denylist.NONE);
    Optional<Budget> budget = Optional.ofNullable(top.get("budget")).flatMap(this::budget);
    return problems.problems().isEmpty()
        ? Optional.of(new Safeguards(deny, budget))
        : Optional.empty();
  }

  private Denylist deny(SourceNode node) {
    Map<String, SourceNode> fields = map("deny", node, DENY);
    Set<AccountId> accounts = new LinkedHashSet<>();
    List<TagFilter> tags = new ArrayList<>();
    List<ArnPattern> resources = new ArrayList<>();
    each("deny.accounts", fields.get("accounts"), (field, it) -> account(field, it, accounts));
    each("deny.tags", fields.get("tags"), (field, it) -> tag(field, it, tags));
    each(
        "deny.resources",
        fields.get("resources"),
        (field, it) ->
            expression(
                "ERR_INVALID_ARN_PATTERN",
                field,
                it,
                () -> resources.add(ArnPattern.parse(it.text()))));
    return new Denylist(accounts, tags, resources);
  }

  private void account(String field, Scalar value, Set<AccountId> accounts) {
    String number = value.text().strip();
    if (number.matches("[0-9]{12}")) {
      accounts.add(new AccountId(number));
    } else {
      String problem = TaskReader.shown(value) + " is not an account number of 12 digits";
      wrong("ERR_INVALID_ACCOUNT_NUMBER_FORMAT", value, field, problem);
    }
  }

  private void tag(String field, Scalar value, List<TagFilter> tags) {
    expression(
        "ERR_INVALID_TAG_FILTER",
        field,
        value,
        () -> {
          TagFilter filter = TagFilter.ofTask(value.text());
          filter.warnings().forEach(warning -> problems.warn(value.place(), field, warning));
          tags.add(filter);
        });
  }

  private void expression(String code, String field, Scalar value, Runnable read) {
    try {
      read.run();
    } catch (InvalidExpressionException e) {
      problems.wrong(code, value, field, e);
    }
  }

  private Optional<Budget> budget(SourceNode node) {
    Map<String, SourceNode> fields = map("budget", node, BUDGET);
    if (fields.isEmpty() && !problems.problems().isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> resources = required(node, fields, "resources").flatMap(this::resources);
    Optional<Duration> per = required(node, fields, "per").flatMap(this::per);
    return resources.isPresent() && per.isPresent()
        ? Optional.of(new Budget(resources.get(), per.get()))
        : Optional.empty();
  }

  private Optional<SourceNode> required(
      SourceNode node, Map<String, SourceNode> fields, String name) {
    Optional<SourceNode> value = Optional.ofNullable(fields.get(name));
    if (value.isEmpty()) {
      wrong(
          "ERR_MISSING_REQUIRED_PARAMETER",
          node,
          "budget." + name,
          "is missing; a budget is so many resources per length of time, such as"
              + " {resources: 500, per: 24h}");
    }
    return value;
  }

  private Optional<Integer> resources(SourceNode value) {
    if (value instanceof Scalar s && s.text().strip().matches("0*[1-9][0-9]{0,8}")) {
      return Optional.of(Integer.valueOf(s.text().strip()));
    }
    String problem = TaskReader.shown(value) + " is not a whole number of at least 1";
    wrong("ERR_MIN_VALUE", value, "budget.resources", problem);
    return Optional.empty();
  }

  private Optional<Duration> per(SourceNode value) {
    try {
      return Optional.of(Budget.checkedLength(length(value)));
    } catch (IllegalArgumentException e) {
      wrong("ERR_INVALID_BUDGET", value, "budget.per", e.getMessage() + "");
      return Optional.empty();
    }
  }

  private static Duration length(SourceNode value) {
    try {
      return Durations.read(value instanceof Scalar s ? s.text() : "");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(TaskReader.shown(value) + " " + e.getMessage(), e);
    }
  }

  /** The fields that are not empty, by name. */
  private Map<String, SourceNode> map(String field, SourceNode node, List<String> known) {
    Map<String, SourceNode> fields = new HashMap<>();
    if (node instanceof Fields given) {
      for (Entry entry : given.entries()) {
        String key = entry.key().text();
        if (!known.contains(key)) {
          unknown(field, entry.key(), known);
        } else if (!TaskReader.empty(entry.value())) {
          fields.put(key, entry.value());
        }
      }
    } else {
      String wanted = String.join(", ", known);
      String problem = "is a " + node.kind() + "; a map of " + wanted + " is wanted";
      wrong("ERR_WRONG_PARAM_TYPE", node, field, problem);
    }
    return fields;
  }

  private void unknown(String field, Scalar key, List<String> known) {
    String name = key.text();
    wrong(
        "ERR_UNKNOWN_PARAMETER",
        key,
        field.isEmpty() ? name : field + "." + name,
        "is unknown; known: " + String.join(", ", known) + Nearest.hint(name, known));
  }

  @FunctionalInterface
  private interface Use {
    void of(String field, Scalar value);
  }

  /** A list's values, or a single one; commas belong to it. */
  private void each(String field, @Nullable SourceNode node, Use use) {
    if (node instanceof Scalar one) {
      use.of(field, one);
    } else if (node instanceof Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        String inner = field + "[" + i + "]";
        SourceNode item = items.items().get(i);
        if (item instanceof Scalar one) {
          use.of(inner, one);
        } else {
          wrong("ERR_WRONG_PARAM_TYPE", item, inner, "is a " + item.kind() + "; a text is wanted");
        }
      }
    } else if (node != null) {
      wrong("ERR_WRONG_PARAM_TYPE", node, field, "is a " + node.kind() + "; a list is wanted");
    }
  }

  private void wrong(String code, SourceNode at, String field, String problem) {
    problems.wrong(code, at.place(), field, problem);
  }
}
