package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Stability;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.InvalidTemplateException;
import io.opsautomator.templategen.cloudformation.Parameter;
import io.opsautomator.templategen.cloudformation.Pseudo;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The template that makes a task of an action: its parameters are the task's fields and the
 * action's parameters, with the original's names; its one resource is the task, named after the
 * stack.
 */
public final class TaskTemplate {
  private static final String STACK = "OpsAutomatorStack";
  private static final int SECONDS_TO_ANSWER = 180;

  private TaskTemplate() {}

  /**
   * @throws InvalidMetadataException naming the action, its parameters' class and everything that
   *     keeps it from having a template
   */
  public static Template of(ActionMetadata<?> action) {
    List<String> wrong = new ArrayList<>();
    if (action.identity().stability() == Stability.INTERNAL) {
      wrong.add("it is for the engine's own use, so nobody makes a task of it");
    }
    action.parameters().fields().forEach(field -> wrong.addAll(FieldForm.problems(field)));
    if (!wrong.isEmpty()) {
      throw new InvalidMetadataException(action, wrong);
    }
    try {
      return template(action);
    } catch (InvalidTemplateException e) {
      List<String> told = e.violations().stream().map(Object::toString).toList();
      throw new InvalidMetadataException(action, told, e);
    }
  }

  private static Template template(ActionMetadata<?> action) {
    Template.Builder template =
        Template.titled(
                action.identity().title()
                    + ", version "
                    + action.identity().version()
                    + ": a task of Ops Automator. "
                    + action.identity().description()
                    + ".")
            .metadata("Action", action.name())
            .metadata("ActionId", action.identity().id());
    Draft draft = new Draft(template, head(action));
    TaskFields.add(action, draft);
    EventForm.add(action.triggers(), draft);
    parameters(action, draft);
    template.parameter(STACK, stack(), "Deployment");
    return template
        .resource("Task", new Resource(DeploymentExports.TASK_RESOURCE, draft.properties()))
        .build();
  }

  private static Fields head(ActionMetadata<?> action) {
    return Value.fields()
        .with("ServiceToken", DeploymentExports.imported(DeploymentExports.SERVICE_TOKEN, STACK))
        .with("ServiceTimeout", SECONDS_TO_ANSWER)
        .with("Name", Pseudo.STACK_NAME)
        .with("StackId", Pseudo.STACK_ID)
        .with("Action", action.name());
  }

  private static void parameters(ActionMetadata<?> action, Draft draft) {
    Fields given = Value.fields();
    for (Field field : action.parameters().fields()) {
      if (!field.about().hidden()) {
        given = given.with(field.name(), parameter(action, field, draft));
      }
    }
    if (!given.isEmpty()) {
      draft.property("Parameters", given);
    }
  }

  private static Value parameter(ActionMetadata<?> action, Field field, Draft draft) {
    String heading = field.about().group();
    String group = heading.isEmpty() ? action.identity().title() + " parameters" : heading;
    FieldForm form = new FieldForm(field);
    return form.isList() && form.optional()
        ? draft.unlessEmpty(field.name(), form.parameter(), group)
        : draft.parameter(field.name(), form.parameter(), group);
  }

  private static Parameter stack() {
    return Parameter.text()
        .orElse("ops-automator")
        .matching("[A-Za-z][A-Za-z0-9-]{0,127}", "the name of a stack")
        .labelled("Ops Automator stack")
        .described("The stack of the deployment that runs the task, in this account and region.");
  }
}
