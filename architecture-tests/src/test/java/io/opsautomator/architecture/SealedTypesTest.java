package io.opsautomator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchRule;
import io.opsautomator.architecture.bad.Shape;
import io.opsautomator.audit.AuditEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Java 17's compiler does not see a forgotten case of a sealed type; this does. A method that asks
 * for one or two cases means "that, or anything else"; one that names three or more tells them
 * apart, and must name all of them or all but one. What observers are told is left out: an audit
 * sink, or an invariant of the simulation, picks from it what it is interested in.
 */
final class SealedTypesTest {
  private static final JavaClasses CODE =
      BuildModule.classes("oa-core", "oa-sqlite", "oa-aws", "oa-testkit", "oa-actions", "oa-cli");

  private static final Set<String> TOLD_TO_OBSERVERS =
      Set.of(
          AuditEvent.class.getName(),
          "io.opsautomator.testkit.simulation.Change",
          "io.opsautomator.testkit.simulation.Request");

  @Test
  void whoeverTellsCasesApartTellsAllOfThemApart() {
    Rules.hold(complete(CODE), CODE);
  }

  @Test
  void aForgottenCaseIsSeen() {
    JavaClasses bad = withNested(Shape.class);

    Rules.objects(complete(bad), bad, "corners", "Hexagon", "Octagon");
  }

  @Test
  void aKindPerCase() {
    assertThat(unequalKinds(CODE)).isEmpty();
  }

  @Test
  void aMissingKindIsSeen() {
    assertThat(unequalKinds(withNested(Shape.class))).containsExactly(Shape.class.getName());
  }

  private static ArchRule complete(JavaClasses all) {
    List<Set<String>> sealed =
        all.stream()
            .filter(SealedTypesTest::isSealed)
            .filter(type -> !TOLD_TO_OBSERVERS.contains(type.getName()))
            .map(SealedTypesTest::cases)
            .toList();
    return classes()
        .should(
            Rules.condition(
                "name all cases of a sealed type, or all but one",
                type -> type.getCodeUnits().stream().flatMap(unit -> forgotten(unit, sealed))));
  }

  private static Stream<String> forgotten(JavaCodeUnit unit, List<Set<String>> sealed) {
    Set<String> named =
        unit.getInstanceofChecks().stream()
            .map(check -> check.getRawType().getName())
            .collect(Collectors.toSet());
    return sealed.stream()
        .filter(cases -> cases.stream().filter(named::contains).count() >= 3)
        .map(cases -> cases.stream().filter(Predicate.not(named::contains)).toList())
        .filter(missing -> missing.size() > 1)
        .map(missing -> unit.getFullName() + " forgets " + missing);
  }

  private static List<String> unequalKinds(JavaClasses classes) {
    return classes.stream()
        .filter(SealedTypesTest::isSealed)
        .filter(type -> classes.contain(type.getName() + "$Kind"))
        .filter(type -> cases(type).size() != kinds(classes.get(type.getName() + "$Kind")))
        .map(JavaClass::getName)
        .toList();
  }

  private static long kinds(JavaClass kind) {
    return kind.isEnum() ? kind.getEnumConstants().size() : 0;
  }

  private static Set<String> cases(JavaClass sealed) {
    return Stream.of(type(sealed).getPermittedSubclasses())
        .map(Class::getName)
        .collect(Collectors.toSet());
  }

  private static boolean isSealed(JavaClass type) {
    return type(type).isSealed();
  }

  private static Class<?> type(JavaClass type) {
    try {
      return Class.forName(type.getName(), false, SealedTypesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JavaClasses withNested(Class<?> type) {
    return Rules.of(
        Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()))
            .toArray(Class<?>[]::new));
  }
}
