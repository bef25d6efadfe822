package io.opsautomator.templategen.cloudformation;

import io.opsautomator.templategen.cloudformation.InvalidTemplateException.Violation;
import io.opsautomator.templategen.cloudformation.Reference.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether what a template refers to is in it, and where it may be referred to; whether everything a
 * user can fill in is used; and whether names are such as CloudFormation allows.
 */
final class TemplateCheck {
  private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");
  private static final Pattern RESOURCE_TYPE =
      Pattern.compile("(Custom::[A-Za-z0-9_@-]{1,60})|([A-Za-z0-9]+(::[A-Za-z0-9]+){2,3})");
  private static final Pattern MAP_KEY = Pattern.compile("[A-Za-z0-9.-]+");

  private final Template.Builder it;
  private final List<Violation> wrong = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private final Map<String, Set<String>> resourceUses = new HashMap<>();
  private final Map<String, Set<String>> conditionUses = new HashMap<>();

  TemplateCheck(Template.Builder it) {
    this.it = it;
  }

  List<Violation> check() {
    parameters();
    mappings();
    it.conditions.forEach(this::condition);
    it.rules.forEach(this::rule);
    it.resources.forEach(this::resource);
    it.outputs.forEach(this::output);
    unused("Parameters", it.parameters.keySet(), "what a user fills in there has no effect");
    unused("Conditions", it.conditions.keySet(), "remove it");
    unused("Mappings", it.mappings.keySet(), "remove it");
    circle("Conditions", conditionUses);
    circle("Resources", resourceUses);
    return wrong;
  }

  private void parameters() {
    it.parameters.forEach(
        (id, parameter) -> {
          id("Parameters", id);
          ParameterCheck.check(id, parameter, wrong);
        });
    Set<String> grouped = new HashSet<>();
    it.groups.forEach(
        (label, ids) ->
            ids.stream()
                .filter(id -> !grouped.add(id))
                .forEach(id -> wrong("Parameters." + id, "is in two groups or twice in one")));
  }

  private void mappings() {
    it.mappings.forEach(
        (id, table) -> {
          id("Mappings", id);
          table.entries().forEach((key, row) -> row("Mappings." + id, key, row));
        });
  }

  private void row(String mapping, String key, Value row) {
    mapKey(mapping, key);
    if (row instanceof Fields fields && !fields.isEmpty()) {
      fields.entries().keySet().forEach(second -> mapKey(mapping + "." + key, second));
    } else {
      wrong(mapping + "." + key, "has no second level of keys");
    }
  }

  private void mapKey(String element, String key) {
    if (!MAP_KEY.matcher(key).matches()) {
      wrong(element, "has the key '" + key + "'; a key is of letters, digits, - and .");
    }
  }

  private void condition(String id, Condition condition) {
    id("Conditions", id);
    conditionUses.put(id, new LinkedHashSet<>());
    walk("Conditions." + id, condition.value(), it.parameters.keySet(), conditionUses.get(id));
  }

  private void rule(String id, Rule rule) {
    id("Rules", id);
    Set<String> noCircle = new HashSet<>();
    rule.when()
        .ifPresent(when -> walk("Rules." + id, when.value(), it.parameters.keySet(), noCircle));
    rule.assertions()
        .forEach(one -> walk("Rules." + id, one.holds().value(), it.parameters.keySet(), noCircle));
  }

  private void resource(String id, Resource resource) {
    String element = "Resources." + id;
    id("Resources", id);
    if (it.parameters.containsKey(id)) {
      wrong(element, "has the name of a parameter");
    }
    if (!RESOURCE_TYPE.matcher(resource.type()).matches()) {
      wrong(
          element + ".Type",
          "'" + resource.type() + "' is no type of a resource; write it like AWS::SQS::Queue");
    }
    Set<String> uses = new LinkedHashSet<>();
    resourceUses.put(id, uses);
    resource.condition().ifPresent(name -> conditionOf(element, name));
    for (String other : resource.dependsOn()) {
      uses.add(other);
      if (!it.resources.containsKey(other)) {
        wrong(element + ".DependsOn", "names '" + other + "', which is no resource");
      }
    }
    walk(element + ".Properties", resource.properties(), named(), uses);
    walk(element + ".Metadata", resource.metadata(), named(), new HashSet<>());
  }

  private void output(String id, Output output) {
    String element = "Outputs." + id;
    id("Outputs", id);
    output.condition().ifPresent(name -> conditionOf(element, name));
    walk(element + ".Value", output.value(), named(), new HashSet<>());
    output
        .exportName()
        .ifPresent(name -> walk(element + ".Export", name, named(), new HashSet<>()));
  }

  private void conditionOf(String element, String name) {
    look(element + ".Condition", Reference.toCondition(name), named());
  }

  private Set<String> named() {
    Set<String> all = new HashSet<>(it.parameters.keySet());
    all.addAll(it.resources.keySet());
    return all;
  }

  private void walk(String element, Value value, Set<String> named, Set<String> uses) {
    if (value instanceof Items items) {
      for (int i = 0; i < items.values().size(); i++) {
        walk(element + "[" + i + "]", items.values().get(i), named, uses);
      }
    } else if (value instanceof Fields fields) {
      fields.entries().forEach((name, one) -> walk(element + "." + name, one, named, uses));
    } else if (value instanceof Call call) {
      for (Reference reference : call.refersTo()) {
        uses.add(reference.id());
        look(element, reference, named);
      }
      List<Value> arguments =
          call.argument() instanceof Items items ? items.values() : List.of(call.argument());
      arguments.forEach(argument -> walk(element, argument, named, uses));
    }
  }

  private void look(String element, Reference reference, Set<String> named) {
    String id = reference.id();
    if (reference.kind() == Kind.MALFORMED) {
      wrong(element, "has " + id + " in it, which is no name; write ${!…} for the text itself");
      return;
    }
    if (reference.kind() == Kind.NAMED && Pseudo.NAMES.contains(id)) {
      return;
    }
    used.add(key(reference.kind(), id));
    Collection<String> known =
        switch (reference.kind()) {
          case RESOURCE -> it.resources.keySet();
          case CONDITION -> it.conditions.keySet();
          case MAPPING -> it.mappings.keySet();
          default -> named;
        };
    if (!known.contains(id)) {
      wrong(element, "refers to '" + id + "', which is no " + words(reference.kind(), named));
    }
  }

  private String words(Kind kind, Set<String> named) {
    return switch (kind) {
      case RESOURCE -> "resource";
      case CONDITION -> "condition";
      case MAPPING -> "mapping";
      default ->
          named.equals(it.parameters.keySet())
              ? "parameter; there can be nothing else here"
              : "parameter and no resource";
    };
  }

  private static String key(Kind kind, String id) {
    return switch (kind) {
      case CONDITION -> "Conditions." + id;
      case MAPPING -> "Mappings." + id;
      default -> "Parameters." + id;
    };
  }

  private void unused(String section, Collection<String> ids, String remark) {
    for (String id : ids) {
      if (!used.contains(section + "." + id)) {
        wrong(section + "." + id, "is used nowhere: " + remark);
      }
    }
  }

  private void circle(String section, Map<String, Set<String>> uses) {
    Circles.in(uses)
        .ifPresent(
            circle ->
                wrong(
                    section + "." + circle.get(0),
                    "depends on itself: " + String.join(" -> ", circle)));
  }

  private void id(String section, String id) {
    if (!LOGICAL_ID.matcher(id).matches()) {
      wrong(section + "." + id, "is no logical id: letters and digits only, at most 255");
    }
  }

  private void wrong(String element, String problem) {
    wrong.add(new Violation(element, problem));
  }
}
