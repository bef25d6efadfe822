package io.opsautomator.templategen.cloudformation;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A template's sections in CloudFormation's words. */
final class Sections {
  private static final String INTERFACE = "AWS::CloudFormation::Interface";

  private Sections() {}

  static Fields of(Template.Builder it) {
    Fields all =
        Value.fields()
            .with("AWSTemplateFormatVersion", "2010-09-09")
            .with("Description", it.description);
    all = unlessEmpty(all, "Metadata", metadata(it));
    all = unlessEmpty(all, "Parameters", each(it.parameters, Sections::parameter));
    all = unlessEmpty(all, "Mappings", each(it.mappings, table -> table));
    all = unlessEmpty(all, "Conditions", each(it.conditions, Condition::value));
    all = unlessEmpty(all, "Rules", each(it.rules, Sections::rule));
    all = unlessEmpty(all, "Resources", each(it.resources, Sections::resource));
    return unlessEmpty(all, "Outputs", each(it.outputs, Sections::output));
  }

  private static <T> Fields each(Map<String, T> section, Function<T, Value> words) {
    Map<String, Value> fields = new LinkedHashMap<>();
    section.forEach((id, one) -> fields.put(id, words.apply(one)));
    return new Fields(fields);
  }

  private static Fields unlessEmpty(Fields all, String name, Fields section) {
    return section.isEmpty() ? all : all.with(name, section);
  }

  private static Fields metadata(Template.Builder it) {
    Fields all = new Fields(it.metadata);
    Fields labels = Value.fields();
    for (Map.Entry<String, Parameter> entry : it.parameters.entrySet()) {
      String label = entry.getValue().label();
      if (!label.isEmpty()) {
        labels = labels.with(entry.getKey(), Value.fields().with("default", label));
      }
    }
    List<Fields> groups = it.groups.entrySet().stream().map(Sections::group).toList();
    Fields shown =
        groups.isEmpty() ? Value.fields() : Value.fields().with("ParameterGroups", groups);
    return unlessEmpty(all, INTERFACE, unlessEmpty(shown, "ParameterLabels", labels));
  }

  private static Fields group(Map.Entry<String, List<String>> group) {
    return Value.fields()
        .with("Label", Value.fields().with("default", group.getKey()))
        .with("Parameters", group.getValue());
  }

  private static Fields parameter(Parameter it) {
    Fields all = Value.fields().with("Type", it.type());
    all = text(all, "Description", it.description());
    all = it.fallback().isPresent() ? all.with("Default", fallback(it)) : all;
    all = it.allowed().isEmpty() ? all : all.with("AllowedValues", it.allowed());
    all = range(all, it.bounds().values(), "Value");
    all = range(all, it.bounds().lengths(), "Length");
    all = text(all, "AllowedPattern", it.bounds().pattern().orElse(""));
    all = text(all, "ConstraintDescription", it.bounds().words());
    return it.secret() ? all.with("NoEcho", true) : all;
  }

  /** A number if it is to be one: the check says so if it is none. */
  private static Object fallback(Parameter it) {
    String text = it.fallback().orElse("");
    boolean number = it.type().equals(Parameter.NUMBER) && ParameterCheck.isNumber(text);
    return number ? new BigDecimal(text) : text;
  }

  private static Fields range(Fields all, Parameter.Range range, String what) {
    Fields more = range.hasLeast() ? all.with("Min" + what, range.least()) : all;
    return range.hasMost() ? more.with("Max" + what, range.most()) : more;
  }

  private static Fields text(Fields all, String name, String text) {
    return text.isEmpty() ? all : all.with(name, text);
  }

  private static Value rule(Rule rule) {
    List<Fields> assertions =
        rule.assertions().stream()
            .map(
                it ->
                    Value.fields()
                        .with("Assert", it.holds().value())
                        .with("AssertDescription", it.words()))
            .toList();
    Fields when =
        rule.when()
            .map(it -> Value.fields().with("RuleCondition", it.value()))
            .orElse(Value.fields());
    return when.with("Assertions", assertions);
  }

  private static Value resource(Resource it) {
    Fields all = Value.fields().with("Type", it.type());
    all = text(all, "Condition", it.condition().orElse(""));
    all = it.dependsOn().isEmpty() ? all : all.with("DependsOn", it.dependsOn());
    all = text(all, "DeletionPolicy", it.deletion().map(Resource.Fate::toString).orElse(""));
    all =
        text(all, "UpdateReplacePolicy", it.replacement().map(Resource.Fate::toString).orElse(""));
    all = unlessEmpty(all, "Metadata", it.metadata());
    return unlessEmpty(all, "Properties", it.properties());
  }

  private static Value output(Output it) {
    Fields all = text(Value.fields(), "Description", it.description());
    all = text(all, "Condition", it.condition().orElse(""));
    all = all.with("Value", it.value());
    return it.exportName().isPresent()
        ? all.with("Export", Value.fields().with("Name", it.exportName().get()))
        : all;
  }
}
