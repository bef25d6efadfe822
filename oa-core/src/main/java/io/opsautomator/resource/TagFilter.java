package io.opsautomator.resource;

import io.opsautomator.resource.internal.Compiler;
import io.opsautomator.resource.internal.Contradiction;
import io.opsautomator.resource.internal.Expression;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.ExpressionParser;
import io.opsautomator.resource.internal.Mismatches;
import io.opsautomator.resource.internal.TagNames;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Ops Automator's tag expressions, such as {@code Env=prod&(!Owner|Owner=ops*)}.
 *
 * <p>A condition is {@code [!]name[=[!]value]}; name and value are literals, have {@code *} at an
 * end or both, or are a regular expression (RE2) behind a backslash, anchored at the start. {@code
 * &} and {@code |} have the same rank and are read from left to right; parentheses group, {@code
 * !(…)} negates a group, {@code %} takes the next character literally. Case counts; blanks around
 * names, values and operators do not.
 *
 * <p>Some expressions keep a meaning that surprises, because stored tasks rely on it, {@code !A=B}
 * above all: no tag A, <em>and</em> every other tag has the value B. {@link #warnings()} tells.
 *
 * <p>Immutable and thread-safe. Parsed and compiled once; matching never fails and takes time
 * linear in the tags. Filters are equal when their texts are; only {@link #any()} is not the
 * expression {@code *}.
 */
public final class TagFilter {
  private static final Set<String> ALL_NAMES = Set.of("*", "**");
  private static final TagFilter ANY =
      new TagFilter("*", new ExpressionParser.Parsed(new Expression.Everything(), List.of()));

  private final String text;
  private final Expression tree;
  private final List<String> warnings;
  private final Predicate<Map<String, String>> compiled;
  private final List<Condition> conditions;

  private TagFilter(String text, ExpressionParser.Parsed parsed) {
    this.text = text;
    this.tree = parsed.tree();
    this.warnings = parsed.warnings();
    this.compiled = Compiler.compile(tree);
    this.conditions = TagNames.conditions(tree);
  }

  /** The filter of a task that selects everything, tagged or not; its text is {@code *}. */
  public static TagFilter any() {
    return ANY;
  }

  /**
   * Reads the filter by which a task selects resources: an expression, or {@code *} alone for
   * {@link #any()}. Whoever reads a filter from a configuration wants this.
   *
   * @throws io.opsautomator.InvalidExpressionException if it is neither (an empty text is neither),
   *     with a caret under the fault
   */
  public static TagFilter ofTask(String text) {
    return text.strip().equals("*") ? ANY : parse(text);
  }

  /**
   * Reads an expression. {@code *} alone is an ordinary condition here, for which a resource needs
   * a tag.
   *
   * @throws io.opsautomator.InvalidExpressionException if it is not one (an empty text is none),
   *     with a caret under the fault
   */
  public static TagFilter parse(String expression) {
    return new TagFilter(expression, ExpressionParser.parse(expression));
  }

  /** Whether a resource with these tags is selected. */
  public boolean matches(Map<String, String> tags) {
    return compiled.test(tags);
  }

  /**
   * Why a resource with these tags is not selected, naming the first part of the filter that it
   * does not pass, or the alternatives of which none matches; empty if it is selected.
   */
  public Optional<Exclusion> explain(Map<String, String> tags) {
    return matches(tags) ? Optional.empty() : Optional.of(Mismatches.explain(tree, tags));
  }

  /**
   * What this filter means and its author probably did not, one sentence each, with the way to
   * write the probable intent; empty when there is nothing to say.
   */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Why no tags at all can match, such as {@code 'a' and '!a' exclude each other}. What is told is
   * certain; not every such filter is recognised.
   */
  public Optional<String> contradiction() {
    return Contradiction.of(tree);
  }

  /**
   * Whether the text before the first {@code =} is nothing but a wildcard ({@code *}, {@code *=x},
   * {@code **=x}), which actions that could do harm everywhere forbid.
   */
  public boolean bareWildcard() {
    int equals = text.indexOf('=');
    return ALL_NAMES.contains((equals < 0 ? text : text.substring(0, equals)).strip());
  }

  /**
   * A tag that every matching resource carries, for a service that can leave out the others at the
   * source. Empty when there is none for certain, as with negations, wildcards and alternatives.
   */
  public Optional<String> requiredTagKey() {
    return TagNames.required(tree).stream().findFirst();
  }

  /**
   * The name patterns of all conditions without {@code !}, in order; a regular expression keeps its
   * backslash. Empty for {@link #any()}.
   */
  public Set<String> keys() {
    return conditions.stream()
        .map(condition -> condition.name().text())
        .collect(
            Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }

  /**
   * Whether setting or removing this tag can change what the filter says, seen from its conditions;
   * always for {@link #any()}, which takes any change for a reason to run.
   */
  public boolean dependsOn(String tagName) {
    return isAny() || conditions.stream().anyMatch(c -> TagNames.dependsOn(c, tagName));
  }

  Expression tree() {
    return tree;
  }

  private boolean isAny() {
    return tree instanceof Expression.Everything;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TagFilter that && text.equals(that.text) && isAny() == that.isAny();
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text it was parsed from. */
  @Override
  public String toString() {
    return text;
  }
}
