package io.opsautomator.resource.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.InvalidExpressionException;
import io.opsautomator.action.internal.StepValues;
import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Exclusion.Kind;
import io.opsautomator.resource.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A filter of attributes, compiled: as a whole, so that a fault is found where it is, and in its
 * parts, so that the one that fails can be named. Immutable and thread-safe.
 */
public final class AttributeTest {
  private static final String LIBRARY = "io.burt:jmespath-jackson";

  private final List<Part> parts;
  private final AttributeSyntax syntax;

  private record Part(String text, JmesPathFilter filter) {}

  private AttributeTest(AttributeSyntax syntax, List<Part> parts) {
    this.syntax = syntax;
    this.parts = parts;
  }

  /**
   * @throws InvalidExpressionException if it is no JMESPath expression, too large, or the library
   *     is not there
   */
  public static AttributeTest compile(String text) {
    AttributeSyntax syntax = AttributeSyntax.of(text);
    try {
      JmesPathFilter whole = JmesPathFilter.compile(text);
      List<String> conjuncts = syntax.conjuncts();
      return new AttributeTest(
          syntax,
          conjuncts.size() == 1
              ? List.of(new Part(text, whole))
              : conjuncts.stream().map(c -> new Part(c, JmesPathFilter.compile(c))).toList());
    } catch (NoClassDefFoundError e) {
      throw new InvalidExpressionException(
          text, 0, "filters of attributes need " + LIBRARY + "; add it to the class path", e);
    }
  }

  /** Top-level names, in order; those of the resource itself and of its attributes. */
  public Set<String> names() {
    return syntax.names();
  }

  /** Whether it says the same of every resource. */
  public boolean constant() {
    return !syntax.reads();
  }

  /** Whether it holds for nothing at all; only told of what is {@link #constant}. */
  public boolean holdsForNothing() {
    return parts.stream().anyMatch(part -> part.filter().refuses(StepValues.tree("")).isPresent());
  }

  /** Empty if it holds. What it cannot judge it does not select. */
  public Optional<Exclusion> explain(Resource<?> resource) {
    JsonNode json = json(resource);
    for (Part part : parts) {
      Optional<String> refused = part.filter().refuses(json);
      if (refused.isPresent()) {
        boolean judged = refused.get().isEmpty();
        String words = judged ? "does not match " : "cannot be judged by ";
        String seen = judged ? seen(part, json) : refused.get();
        return Optional.of(new Exclusion(Kind.ATTRIBUTES, words + part.text(), seen));
      }
    }
    return Optional.empty();
  }

  private static String seen(Part part, JsonNode json) {
    return AttributeSyntax.of(part.text()).names().stream()
        .map(name -> name + "=" + shown(json.path(name)))
        .collect(Collectors.joining(", "));
  }

  private static String shown(JsonNode value) {
    boolean nothing = value.isMissingNode() || value.isNull();
    return nothing ? "nothing" : value.isValueNode() ? value.asText() : value.toString();
  }

  /** The record, and what every resource has; that wins where both have it. */
  private static JsonNode json(Resource<?> resource) {
    ObjectNode json = (ObjectNode) StepValues.tree(resource.attributes());
    json.put("id", resource.id());
    json.put("account", resource.scope().account().value());
    json.put("region", resource.scope().region().value());
    json.set("tags", StepValues.tree(resource.tags()));
    return json;
  }
}
