package io.opsautomator.templategen;

import io.opsautomator.templategen.cloudformation.Condition;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Parameter;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;

/** A task's template as it is put together: its parameters, and what the resource makes of them. */
final class Draft {
  private final Template.Builder template;
  private Fields properties;

  Draft(Template.Builder template, Fields properties) {
    this.template = template;
    this.properties = properties;
  }

  Template.Builder template() {
    return template;
  }

  Fields properties() {
    return properties;
  }

  void property(String name, Object value) {
    properties = properties.with(name, value);
  }

  /** A field of the task that is filled in under its own name. */
  void field(String name, Parameter parameter, String group) {
    property(name, parameter(name, parameter, group));
  }

  Value parameter(String id, Parameter parameter, String group) {
    template.parameter(id, parameter, group);
    return Value.ref(id);
  }

  /** A list that is not there at all when nothing was filled in. */
  Value unlessEmpty(String id, Parameter parameter, String group) {
    String given = id + "Given";
    template.condition(given, Condition.not(Condition.equal(Value.join("", Value.ref(id)), "")));
    return Value.when(given, parameter(id, parameter, group));
  }
}
