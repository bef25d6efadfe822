package io.opsautomator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packages form no cycles, so that each can be understood after those it uses. Three kinds of arrow
 * do not count: from a package to its own {@code internal} child, which is its implementation; from
 * a package to the project's exceptions and faults, which lie beside the engine's façade in the
 * root package; and to the few words that packages share, which are listed and may only become
 * fewer.
 */
final class PackageCyclesTest {
  private static final String ROOT = "io.opsautomator.";

  /** Values and ids without logic, spelt where their concept is explained. */
  private static final Set<String> SHARED_WORDS =
      Set.of(
          ROOT + "InvalidExpressionException",
          ROOT + "OpsAutomatorException",
          ROOT + "action.Invocation",
          ROOT + "dispatch.ConcurrencyKey",
          ROOT + "engine.internal.EngineBuilder",
          ROOT + "task.ExecutionId",
          ROOT + "task.TaskName");

  static List<String> modules() {
    return List.of("oa-core", "oa-sqlite", "oa-aws", "oa-testkit", "oa-actions", "oa-cli");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void packagesOfAModuleFormNoCycle(String module) {
    assertThat(cycle(BuildModule.classes(module), SHARED_WORDS)).isEmpty();
  }

  @Test
  void everySharedWordIsStillNeeded() {
    JavaClasses core = BuildModule.classes("oa-core");

    for (String word : SHARED_WORDS) {
      Set<String> fewer = new HashSet<>(SHARED_WORDS);
      fewer.remove(word);
      assertThat(cycle(core, fewer)).as("a cycle without %s", word).isNotEmpty();
    }
  }

  @Test
  void aCycleIsSeen() {
    assertThat(
            cycle(
                new ClassFileImporter().importPackages("io.opsautomator.architecture.bad.ring"),
                Set.of()))
        .containsExactlyInAnyOrder(
            "io.opsautomator.architecture.bad.ring.left",
            "io.opsautomator.architecture.bad.ring.right");
  }

  /** The packages that lie on cycles; none is the aim. */
  private static Set<String> cycle(JavaClasses classes, Set<String> shared) {
    Map<String, Set<String>> arrows = arrows(classes, shared);
    return arrows.keySet().stream()
        .filter(start -> reachable(start, arrows).contains(start))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Set<String>> arrows(JavaClasses classes, Set<String> shared) {
    Predicate<Dependency> counts = use -> counts(use, shared);
    return classes.stream()
        .collect(
            Collectors.toMap(
                JavaClass::getPackageName,
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .filter(counts)
                        .map(use -> target(use).getPackageName())
                        .filter(name -> !name.equals(type.getPackageName()))
                        .collect(Collectors.toSet()),
                PackageCyclesTest::union,
                TreeMap::new));
  }

  private static boolean counts(Dependency use, Set<String> shared) {
    String from = use.getOriginClass().getPackageName();
    String to = target(use).getPackageName();
    return to.startsWith(ROOT.substring(0, ROOT.length() - 1))
        && !to.equals(from + ".internal")
        && !shared.contains(outermost(target(use)));
  }

  private static JavaClass target(Dependency use) {
    return use.getTargetClass().getBaseComponentType();
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(PackageCyclesTest::outermost).orElse(type.getName());
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static Set<String> reachable(String start, Map<String, Set<String>> arrows) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(arrows.getOrDefault(start, Set.of()));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (seen.add(next)) {
        open.addAll(arrows.getOrDefault(next, Set.of()));
      }
    }
    return seen;
  }
}
