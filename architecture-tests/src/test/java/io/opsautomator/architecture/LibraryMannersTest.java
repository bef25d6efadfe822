package io.opsautomator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.opsautomator.OpsAutomatorException;
import io.opsautomator.architecture.bad.Chatty;
import io.opsautomator.architecture.bad.StrayException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How a library behaves in somebody else's process. */
final class LibraryMannersTest {
  private static final String[] LIBRARIES = {
    "oa-core",
    "oa-sqlite",
    "oa-aws",
    "oa-testkit",
    "oa-actions",
    "oa-report",
    "oa-templategen",
    "oa-micrometer",
    "oa-opentelemetry"
  };

  @Test
  void librariesDoNotPrintNorLogAboveDebugWhatIsNoWarning() {
    Rules.hold(silent(), BuildModule.classes(LIBRARIES).that(DescribedPredicate.not(programs())));
  }

  /** To print is what a program is for that somebody starts. */
  private static DescribedPredicate<JavaClass> programs() {
    return DescribedPredicate.describe(
        "programs", type -> type.tryGetMethod("main", String[].class).isPresent());
  }

  @Test
  void printingIsSeen() {
    Rules.objects(
        silent(),
        Rules.of(Chatty.class),
        "java.lang.System.out",
        "java.util.logging.Logger.warning",
        "org.slf4j.Logger.info",
        "printStackTrace");
  }

  @Test
  void publicExceptionsAreTheProjectsOrTheJdksForArgumentsAndStates() {
    Rules.hold(exceptions(), BuildModule.classes(LIBRARIES));
  }

  @Test
  void aStrayExceptionIsSeen() {
    Rules.objects(exceptions(), Rules.of(StrayException.class), "StrayException");
  }

  @Test
  void noContainerInjectsAnythingIntoALibrary() {
    Rules.hold(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.inject..", "jakarta.inject..", "org.springframework.."),
        BuildModule.classes(LIBRARIES));
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(unmarked(BuildModule.classes()))
        .filteredOn(name -> !name.endsWith(".jmh_generated")) // Written by JMH, not by us.
        .isEmpty();
  }

  @Test
  void aPackageThatIsNotNullMarkedIsSeen() {
    JavaClasses bad = new ClassFileImporter().importPackages("io.opsautomator.architecture.bad");

    assertThat(unmarked(bad)).containsExactly("io.opsautomator.architecture.bad.internal");
  }

  private static ArchRule silent() {
    return noClasses()
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "prints, or logs to anything but slf4j's other levels",
                LibraryMannersTest::isLoud));
  }

  private static boolean isLoud(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String member = access.getTarget().getName();
    return owner.startsWith("java.util.logging.")
        || (owner.equals("java.lang.System") && Set.of("out", "err").contains(member))
        || (owner.equals("org.slf4j.Logger") && member.equals("info"))
        || member.equals("printStackTrace");
  }

  /** What never leaves its package or module may be shaped for the job, such as control flow. */
  private static ArchRule exceptions() {
    return classes()
        .that()
        .areAssignableTo(Throwable.class)
        .and()
        .haveModifier(JavaModifier.PUBLIC)
        .and()
        .resideOutsideOfPackage("..internal..")
        .should()
        .beAssignableTo(
            DescribedPredicate.describe(
                "an exception that callers know",
                type -> KNOWN.stream().anyMatch(type::isEquivalentTo)));
  }

  private static final List<Class<? extends Throwable>> KNOWN =
      List.of(
          OpsAutomatorException.class,
          IllegalArgumentException.class,
          IllegalStateException.class,
          UnsupportedOperationException.class,
          AssertionError.class);

  private static Set<String> unmarked(JavaClasses classes) {
    Set<String> packages = new TreeSet<>();
    classes.stream().map(JavaClass::getPackageName).forEach(packages::add);
    marked(classes).forEach(packages::remove);
    return packages;
  }

  private static Stream<String> marked(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.getSimpleName().equals("package-info"))
        .filter(type -> type.isAnnotatedWith(NullMarked.class))
        .map(JavaClass::getPackageName);
  }
}
