package io.opsautomator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.opsautomator.architecture.bad.DependsOnAws;
import io.opsautomator.architecture.bad.UsesInternal;
import io.opsautomator.architecture.bad.internal.Hidden;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which module may use which. */
final class ArrowsTest {
  private static final Set<String> LIBRARIES =
      Set.of(
          "oa-core",
          "oa-sqlite",
          "oa-aws",
          "oa-testkit",
          "oa-actions",
          "oa-micrometer",
          "oa-opentelemetry",
          "oa-runtime-ecs",
          "oa-report",
          "oa-templategen");

  /** A module that is not here has to say first where it stands. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("oa-core", Set.of()),
          entry("oa-sqlite", Set.of("oa-core")),
          entry("oa-aws", Set.of("oa-core")),
          entry("oa-testkit", Set.of("oa-core", "oa-aws")),
          entry("oa-actions", Set.of("oa-core", "oa-aws")),
          entry("oa-micrometer", Set.of("oa-core")),
          entry("oa-opentelemetry", Set.of("oa-core")),
          entry("oa-report", Set.of("oa-core")),
          entry("oa-runtime-ecs", Set.of("oa-core", "oa-aws", "oa-actions", "oa-micrometer")),
          entry("oa-templategen", Set.of("oa-core")),
          entry("oa-templategen-maven-plugin", Set.of("oa-core", "oa-templategen")),
          entry("oa-runtime-lambda", Set.of("oa-core", "oa-aws")),
          entry("oa-cli", LIBRARIES),
          entry("oa-examples", LIBRARIES),
          entry("oa-examples/spring-boot", LIBRARIES),
          entry("benchmarks", LIBRARIES));

  @Test
  void modulesUseOnlyTheModulesBelowThem() {
    Rules.hold(arrows(type -> BuildModule.of(type).map(BuildModule::name)), BuildModule.classes());
  }

  @Test
  void everyModuleWithCodeHasItsPlace() {
    assertThat(BuildModule.all())
        .filteredOn(module -> !module.sources("main").isEmpty())
        .extracting(BuildModule::name)
        .isSubsetOf(MAY_USE.keySet());
  }

  @Test
  void anArrowThatPointsUpIsSeen() {
    Function<JavaClass, Optional<String>> pretended =
        type ->
            switch (type.getSimpleName()) {
              case "UsesInternal" -> Optional.of("oa-core");
              case "Hidden" -> Optional.of("oa-aws");
              default -> Optional.empty();
            };

    Rules.objects(
        arrows(pretended), Rules.of(UsesInternal.class, Hidden.class), "oa-core uses oa-aws");
  }

  @Test
  void theCoreIsPureJavaAndFourLibraries() {
    Rules.hold(pure(), BuildModule.classes("oa-core"));
  }

  @Test
  void anAwsTypeInTheCoreIsSeen() {
    Rules.objects(pure(), Rules.of(DependsOnAws.class), "software.amazon.awssdk");
  }

  @Test
  void internalPackagesAreUsedOnlyWithinTheirModule() {
    Rules.hold(
        internals(type -> BuildModule.of(type).map(BuildModule::name)), BuildModule.classes());
  }

  @Test
  void aUseOfAnotherModulesInternalPackageIsSeen() {
    JavaClasses bad = new ClassFileImporter().importClasses(UsesInternal.class, Hidden.class);

    Rules.objects(internals(type -> Optional.of(type.getPackageName())), bad, "Hidden");
  }

  private static ArchRule arrows(Function<JavaClass, Optional<String>> moduleOf) {
    return classes()
        .should(
            Rules.condition(
                "use only the modules below their own",
                type -> uses(type).flatMap(use -> upward(use, moduleOf).stream())));
  }

  private static Optional<String> upward(
      Dependency use, Function<JavaClass, Optional<String>> moduleOf) {
    Optional<String> from = moduleOf.apply(use.getOriginClass());
    Optional<String> to = moduleOf.apply(use.getTargetClass().getBaseComponentType());
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return Optional.empty();
    }
    return MAY_USE.getOrDefault(from.get(), Set.of()).contains(to.get())
        ? Optional.empty()
        : Optional.of(from.get() + " uses " + to.get() + ": " + use.getDescription());
  }

  private static ArchRule internals(Function<JavaClass, Optional<String>> moduleOf) {
    return classes()
        .should(
            Rules.condition(
                "leave the internal packages of other modules alone",
                type ->
                    uses(type)
                        .filter(use -> isInternal(use.getTargetClass()))
                        .filter(
                            use ->
                                !moduleOf
                                    .apply(use.getTargetClass().getBaseComponentType())
                                    .equals(moduleOf.apply(type)))
                        .map(Dependency::getDescription)));
  }

  private static boolean isInternal(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName() + ".";
    return name.startsWith("io.opsautomator.") && name.contains(".internal.");
  }

  private static Stream<Dependency> uses(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream();
  }

  private static ArchRule pure() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "io.opsautomator..",
            "java..",
            "com.fasterxml.jackson..",
            "biweekly..",
            "io.burt.jmespath..",
            "com.google.re2j..",
            "org.jspecify..",
            "org.slf4j..",
            "org.yaml.snakeyaml..");
  }
}
