package io.opsautomator.cli;

import io.opsautomator.plan.Plan;
import io.opsautomator.plan.Plan.Step;
import io.opsautomator.plan.Plan.UnitPlan;
import io.opsautomator.resource.Resource;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plans for people and for programs. */
final class PlanText {
  private final PrintWriter out;
  private final Style style;

  PlanText(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** One paragraph: how much, where, and what could not be looked at. */
  void summary(Plan plan) {
    long resources = plan.units().stream().mapToLong(u -> u.unit().resources().size()).sum();
    long steps = plan.units().stream().mapToLong(u -> u.steps().size()).sum();
    out.println(
        style.bold(plan.task().value())
            + ": "
            + TaskSource.counted(plan.units().size(), "execution")
            + " on "
            + TaskSource.counted(resources, "resource")
            + ", "
            + TaskSource.counted(steps, "step")
            + (plan.open() ? " or more" : ""));
    places(plan).forEach((place, count) -> out.println("  " + place + ": " + count));
    plan.problems()
        .forEach(problem -> out.println("  " + style.bad("problem: ") + Told.line(problem)));
  }

  private static Map<String, Long> places(Plan plan) {
    return plan.units().stream()
        .collect(
            Collectors.groupingBy(
                u -> u.unit().scope().key(), TreeMap::new, Collectors.counting()));
  }

  /** Each execution with its steps, but not more than {@code most} executions. */
  void details(Plan plan, long most) {
    plan.units().stream().limit(most).forEach(this::unit);
    long left = plan.units().size() - most;
    if (left > 0) {
      out.println("  and " + left + " more; --all shows them");
    }
  }

  private void unit(UnitPlan unit) {
    out.println("  " + resources(unit) + style.dim("  " + unit.unit().scope().key()));
    for (Step step : unit.steps()) {
      String undo = step.undoable() ? ", can be undone" : "";
      String choice = step.alternative().map(a -> ", if " + Told.line(a)).orElse("");
      out.println(
          "    - "
              + Told.line(step.name())
              + style.dim(" (" + Style.word(step.kind()) + choice + undo + ")"));
    }
    unit.openAt()
        .ifPresent(
            step -> out.println("    - ... as the result of " + Told.line(step) + " decides"));
    if (unit.steps().isEmpty() && unit.openAt().isEmpty()) {
      out.println("    nothing to do");
    }
    unit.notes().forEach(note -> out.println("    " + style.odd("note: ") + Told.line(note)));
  }

  private static String resources(UnitPlan unit) {
    List<Resource<?>> all = unit.unit().resources();
    String names = all.stream().limit(4).map(Resource::id).collect(Collectors.joining(", "));
    String told = Told.line(names);
    return all.size() > 4 ? told + " and " + (all.size() - 4) + " more" : told;
  }

  static Map<String, Object> json(Plan plan) {
    return Json.object(
        "task", plan.task().value(),
        "at", plan.at().toString(),
        "hash", plan.hash(),
        "undoable", plan.undoable(),
        "problems", plan.problems(),
        "executions", plan.units().stream().map(PlanText::json).toList());
  }

  private static Map<String, Object> json(UnitPlan unit) {
    return Json.object(
        "unit", unit.unit().key(),
        "account", unit.unit().scope().account().value(),
        "region", unit.unit().scope().region().value(),
        "resources", unit.unit().resources().stream().map(Resource::id).toList(),
        "steps", unit.steps().stream().map(PlanText::json).toList(),
        "openAt", unit.openAt(),
        "notes", unit.notes());
  }

  private static Map<String, Object> json(Step step) {
    return Json.object(
        "name", step.name(),
        "kind", Style.word(step.kind()),
        "undoable", step.undoable(),
        "alternative", step.alternative());
  }
}
