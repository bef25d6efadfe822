package io.opsautomator.templategen.cloudformation;

import io.opsautomator.templategen.cloudformation.InvalidTemplateException.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CloudFormation template that has been found good: what it refers to is there, its parameters'
 * defaults keep to their constraints, nothing in it goes in a circle, and it is within
 * CloudFormation's limits. Immutable.
 *
 * <p>Whether a resource's type knows its properties is not looked at; for that there are AWS's own
 * validators.
 *
 * <p>Sections are written in CloudFormation's customary order, what is in them in the order in
 * which it was given; so the same template is always the same bytes.
 */
public final class Template {
  /** So many bytes a request may carry; a larger template has to come from S3. */
  public static final int BODY_LIMIT = 51_200;

  private final String title;
  private final Fields tree;

  private Template(String title, Fields tree) {
    this.title = title;
    this.tree = tree;
  }

  public static Builder titled(String description) {
    return new Builder(description);
  }

  /** The first line of it all. */
  public String description() {
    return title;
  }

  /** Indented by two; ends with a line feed. */
  public String json() {
    return JsonText.of(tree) + "\n";
  }

  /** In block style with the long names of functions; ends with a line feed. */
  public String yaml() {
    return YamlText.of(tree);
  }

  /**
   * Collects the sections. Not thread-safe. Logical ids are letters and digits; giving one twice is
   * found by {@link #build}.
   */
  public static final class Builder {
    final String description;
    final Map<String, Value> metadata = new LinkedHashMap<>();
    final Map<String, Parameter> parameters = new LinkedHashMap<>();
    final Map<String, List<String>> groups = new LinkedHashMap<>();
    final Map<String, Fields> mappings = new LinkedHashMap<>();
    final Map<String, Condition> conditions = new LinkedHashMap<>();
    final Map<String, Rule> rules = new LinkedHashMap<>();
    final Map<String, Resource> resources = new LinkedHashMap<>();
    final Map<String, Output> outputs = new LinkedHashMap<>();
    final List<Violation> twice = new ArrayList<>();

    private Builder(String description) {
      this.description = description;
    }

    /** A note for those who read the template. */
    public Builder metadata(String key, Object value) {
      add("Metadata", metadata, key, Value.of(value));
      return this;
    }

    public Builder parameter(String id, Parameter parameter) {
      add("Parameters", parameters, id, parameter);
      return this;
    }

    /** In the group of this label, which comes after those that have been named before. */
    public Builder parameter(String id, Parameter parameter, String group) {
      groups.computeIfAbsent(group, label -> new ArrayList<>()).add(id);
      return parameter(id, parameter);
    }

    /** A table with keys of two levels: {@code table} has fields of fields. */
    public Builder mapping(String id, Fields table) {
      add("Mappings", mappings, id, table);
      return this;
    }

    public Builder condition(String id, Condition condition) {
      add("Conditions", conditions, id, condition);
      return this;
    }

    public Builder rule(String id, Rule rule) {
      add("Rules", rules, id, rule);
      return this;
    }

    public Builder resource(String id, Resource resource) {
      add("Resources", resources, id, resource);
      return this;
    }

    public Builder output(String id, Output output) {
      add("Outputs", outputs, id, output);
      return this;
    }

    private <T> void add(String section, Map<String, T> all, String id, T one) {
      if (all.putIfAbsent(id, one) != null) {
        twice.add(new Violation(section + "." + id, "is there twice"));
      }
    }

    /**
     * @throws InvalidTemplateException naming everything that is wrong, if anything is
     */
    public Template build() {
      Template template = new Template(description, Sections.of(this));
      List<Violation> wrong = new ArrayList<>(twice);
      wrong.addAll(new TemplateCheck(this).check());
      wrong.addAll(SizeCheck.check(template, this));
      if (!wrong.isEmpty()) {
        throw new InvalidTemplateException(description, wrong);
      }
      return template;
    }
  }
}
