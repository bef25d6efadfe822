package io.opsautomator.testkit;

import static io.opsautomator.testkit.ContractRules.require;

import io.opsautomator.action.Permission;
import io.opsautomator.aws.AwsCall;
import io.opsautomator.testkit.ActionHarness.Ran;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of {@link ActionContract} about permissions: what is declared is what is called. */
final class PermissionRules {
  private PermissionRules() {}

  static void callsOnlyWhatItDeclares(ActionHarness<?> harness) {
    Ran ran = harness.run();
    Set<String> outside = new TreeSet<>();
    Set<String> undeclared = new TreeSet<>();
    Set<String> declared = declaredFor(harness);
    for (AwsCall call : ran.calls()) {
      if (call.outcome().equals(AwsCall.REFUSED_BY_GUARD)) {
        outside.add(call.permission());
      } else if (declared.stream().noneMatch(operation -> covers(operation, call.permission()))) {
        undeclared.add(call.permission());
      }
    }
    require(
        outside.isEmpty(),
        outside + " was called outside of an effect and refused: make each such call a step");
    require(
        undeclared.isEmpty(),
        undeclared
            + " was called but is in no permission of the metadata that these parameters bring"
            + " along; declared are "
            + new TreeSet<>(declared));
  }

  private static Set<String> declaredFor(ActionHarness<?> harness) {
    Map<String, Object> given = harness.rawParameters();
    return harness.action().metadata().permissions().stream()
        .filter(permission -> permission.onlyWith().map(name -> isSet(given, name)).orElse(true))
        .map(Permission::operations)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  private static boolean isSet(Map<String, Object> given, String parameter) {
    Object value = given.getOrDefault(parameter, false);
    return !value.equals(false);
  }

  private static boolean covers(String declared, String called) {
    String[] parts = declared.split("\\*", -1);
    List<String> literals = new ArrayList<>();
    for (String part : parts) {
      literals.add(Pattern.quote(part));
    }
    return called.matches(String.join(".*", literals));
  }

  static void callsAllThatItDeclares(List<? extends ActionHarness<?>> cases, Waivers waivers) {
    Map<ActionHarness<?>, Ran> runs = new LinkedHashMap<>();
    cases.forEach(harness -> runs.put(harness, harness.run()));
    requireSomeSuccess(runs);
    Set<String> called = new TreeSet<>();
    runs.forEach((harness, ran) -> called.addAll(calledBy(harness, ran)));
    Set<String> unused = new TreeSet<>();
    cases.stream()
        .flatMap(harness -> harness.action().metadata().permissions().stream())
        .flatMap(permission -> permission.operations().stream())
        .filter(operation -> called.stream().noneMatch(call -> covers(name(operation), call)))
        .forEach(unused::add);
    Set<String> unexplained = new TreeSet<>(unused);
    unexplained.removeAll(waivers.uncalled().keySet());
    require(
        unexplained.isEmpty(),
        unexplained
            + " is declared, and no case of this contract calls it: whoever runs the task grants"
            + " more than it needs. Take it out of the metadata's permissions, add a case that"
            + " calls it, or waive it with a reason (waivers().uncalled(...)); called were "
            + called
            + troubles(runs));
    Set<String> needless = new TreeSet<>(waivers.uncalled().keySet());
    needless.removeAll(unused);
    require(
        needless.isEmpty(),
        "the waiver for " + needless + " is not needed: it is called, or no longer declared");
  }

  private static void requireSomeSuccess(Map<ActionHarness<?>, Ran> runs) {
    require(
        !PlainRun.allFail(List.copyOf(runs.values())),
        "no case of this contract ever succeeds, so it shows nothing of what the action is for:"
            + " mend the action, or add a case in which it succeeds"
            + troubles(runs));
  }

  private static String troubles(Map<ActionHarness<?>, Ran> runs) {
    StringBuilder told = new StringBuilder();
    runs.forEach(
        (harness, ran) -> {
          String trouble = PlainRun.trouble(ran);
          if (!trouble.isEmpty()) {
            told.append("\n  '").append(harness).append("' ends as ").append(trouble);
          }
        });
    return told.toString();
  }

  /** By the selection too: a task cannot do without it. */
  private static Set<String> calledBy(ActionHarness<?> harness, Ran ran) {
    Set<String> called = new TreeSet<>();
    ran.estate().calls().forEach(call -> called.add(call.operation()));
    if (harness.plan().undoable()) {
      harness.runAndUndo().estate().calls().forEach(call -> called.add(call.operation()));
    }
    return called;
  }

  /** Such as {@code StopInstances}. */
  private static String name(String operation) {
    return operation.substring(operation.indexOf(':') + 1);
  }
}
