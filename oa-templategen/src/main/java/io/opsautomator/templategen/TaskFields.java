package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Reach;
import io.opsautomator.resource.TaskList;
import io.opsautomator.templategen.cloudformation.Parameter;

/** The fields that a task has whatever its action is, as far as they apply to the action. */
final class TaskFields {
  /** As short as an expression of five fields can be. */
  private static final int SHORTEST_INTERVAL = 9;

  private static final String NO_BARE_WILDCARD = "(?s)(?!\\s*\\*{1,2}\\s*$).*";

  private final ActionMetadata<?> action;
  private final Draft draft;
  private final String group;

  private TaskFields(ActionMetadata<?> action, Draft draft) {
    this.action = action;
    this.draft = draft;
    this.group =
        "Task settings for "
            + action.identity().title()
            + ", version "
            + action.identity().version();
  }

  /** In the original's order. */
  static void add(ActionMetadata<?> action, Draft draft) {
    TaskFields fields = new TaskFields(action, draft);
    fields.text("Description", "Task description", "What the task is for.");
    fields.interval();
    fields.timeout();
    fields.tagFilter();
    fields.where();
    fields.zone();
    fields.yesNo("Enabled", true, "Task enabled", "Switches the task on or off.");
    fields.yesNo("TaskMetrics", false, "Collect metrics", "Counts how its executions end.");
    fields.yesNo(
        "TaskNotifications",
        false,
        "Task notifications",
        "Tells the deployment's listeners when its runs begin and end.");
    fields.yesNo("Debug", false, "Enable debugging", "Logs more of what the task does.");
  }

  private void text(String name, String label, String description) {
    draft.field(name, optional(label, description), group);
  }

  private static Parameter optional(String label, String description) {
    return Parameter.text().orElse("").labelled(label).described(description);
  }

  private void yesNo(String name, boolean fallback, String label, String description) {
    draft.field(name, Parameter.yesNo(fallback).labelled(label).described(description), group);
  }

  private void interval() {
    if (!action.triggers().onSchedule()) {
      return;
    }
    boolean needed = action.triggers().events().isEmpty();
    String description =
        "When the task runs, as a cron expression in its time zone, such as 0 18 * * mon-fri"
            + (needed ? "." : "; empty: not at fixed times.");
    Parameter it = Parameter.text().labelled("Task interval").described(description);
    draft.field("Interval", needed ? it.minLength(SHORTEST_INTERVAL) : it.orElse(""), group);
  }

  private void zone() {
    if (action.triggers().onSchedule()) {
      draft.field(
          "Timezone",
          Parameter.text()
              .oneOf(TimeZones.names())
              .orElse("UTC")
              .labelled("Timezone")
              .described("The time zone that the interval is in."),
          group);
    }
  }

  private void timeout() {
    if (action.hasCompletion()) {
      draft.field(
          "TaskTimeout",
          Parameter.number()
              .atLeast(1)
              .orElse(String.valueOf(Math.max(1, action.limits().completionTimeout().toMinutes())))
              .labelled("Timeout")
              .described(
                  "Minutes until what an execution has started has to be complete; it fails after that."),
          group);
    }
  }

  private void tagFilter() {
    if (!action.selection().type().taggable()) {
      return;
    }
    Parameter it =
        optional(
            "Tag filter",
            "Which resources, by their tags, such as Schedule=office; empty: those whose tag "
                + TaskList.DEFAULT_TAG
                + " names the task, which is called like its stack.");
    boolean any = action.selection().bareWildcards();
    draft.field(
        "TagFilter",
        any ? it : it.matching(NO_BARE_WILDCARD, "* and ** alone would select everything"),
        group);
  }

  private void where() {
    Reach reach = action.selection().reach();
    if (reach != Reach.HOME_REGION) {
      draft.field(
          "Regions",
          list("Regions", "Regions to work in, with commas, or * for all; empty: the deployment's.")
              .matching("(\\s*(\\*|[a-z]{2,3}(-[a-z0-9]+)+)\\s*)?", "names of regions, or *"),
          group);
    }
    if (reach == Reach.ALL_ACCOUNTS_AND_REGIONS) {
      accounts();
    }
  }

  private void accounts() {
    yesNo(
        "ThisAccount",
        true,
        "This account",
        "Works in the deployment's own account, besides those below.");
    draft.field(
        "Accounts",
        list("Accounts", "Other accounts to work in: their numbers, with commas.")
            .matching("(\\s*[0-9]{12}\\s*)?", "account numbers of 12 digits"),
        group);
    draft.field(
        "CrossAccountRole",
        optional(
                "Cross account role name",
                "The name of the role to assume in other accounts; empty: the deployment's default.")
            .matching("([A-Za-z0-9_+=,.@-]{1,64})?", "the name of a role, not its ARN"),
        group);
    draft.field(
        "ExternalId",
        optional("External id", "What that role wants to be told; empty: the deployment's default.")
            .matching("([A-Za-z0-9_+=,.@:/-]{2,1224})?", "2 to 1224 letters, digits, _+=,.@:/-"),
        group);
  }

  private static Parameter list(String label, String description) {
    return Parameter.list().orElse("").labelled(label).described(description);
  }
}
