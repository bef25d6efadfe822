package io.opsautomator.resource;

import io.opsautomator.internal.Nearest;
import io.opsautomator.resource.internal.AttributeTest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JMESPath expression over a resource, such as {@code state=='stopped' && gibibytes > `100`}. It
 * sees the components of the resource type's record, and besides {@code id}, {@code account},
 * {@code region} and {@code tags}.
 *
 * <p>A resource is selected when the result is true as JMESPath has it: not {@code false}, null, or
 * empty. What an expression cannot judge, such as {@code contains(name, 'x')} where there is no
 * name, it does not select, negated or not.
 *
 * <p>Immutable and thread-safe. Compiled once; at most 1,000 letters. Equal when the texts are.
 * Needs the library {@code io.burt:jmespath-jackson}, which nothing else does.
 */
public final class AttributeFilter {
  private static final Set<String> OF_EVERY_RESOURCE = Set.of("id", "account", "region", "tags");

  private final String text;
  private final AttributeTest test;

  private AttributeFilter(String text, AttributeTest test) {
    this.text = text;
    this.test = test;
  }

  /**
   * Reads an expression; blanks around it do not matter.
   *
   * @throws io.opsautomator.InvalidExpressionException if it is none, with a caret under the fault,
   *     or if the library is missing
   */
  public static AttributeFilter parse(String expression) {
    String text = expression.strip();
    return new AttributeFilter(text, AttributeTest.compile(text));
  }

  public boolean matches(Resource<?> resource) {
    return explain(resource).isEmpty();
  }

  /**
   * Why a resource is not selected, naming the first of the parts joined by {@code &&} that does
   * not hold, and what the resource has; empty if it is selected.
   */
  public Optional<Exclusion> explain(Resource<?> resource) {
    return test.explain(resource);
  }

  /**
   * What is allowed and perhaps not meant with resources of a type: names that it does not have,
   * and a result that is the same for all.
   */
  public List<String> warnings(ResourceType<?> type) {
    List<String> warnings = new ArrayList<>();
    if (test.constant()) {
      warnings.add("looks at no attribute: it selects " + (holdsForNothing() ? "nothing" : "all"));
    }
    Set<String> known = new TreeSet<>(OF_EVERY_RESOURCE);
    Arrays.stream(type.attributes().getRecordComponents())
        .map(RecordComponent::getName)
        .forEach(known::add);
    for (String name : test.names()) {
      if (!known.contains(name)) {
        warnings.add(unknown(name, type, known));
      }
    }
    return warnings;
  }

  private static String unknown(String name, ResourceType<?> type, Set<String> known) {
    String hint = Nearest.hint(name, known);
    return "'"
        + name
        + "' is no attribute of "
        + type.key()
        + (hint.isEmpty() ? "; known: " + String.join(", ", known) : hint)
        + "; a text is written '"
        + name
        + "' in single quotes";
  }

  /** Whether it selects nothing, whatever there is. */
  public boolean holdsForNothing() {
    return test.constant() && test.holdsForNothing();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributeFilter that && text.equals(that.text);
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
