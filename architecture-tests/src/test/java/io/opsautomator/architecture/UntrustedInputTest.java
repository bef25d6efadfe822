package io.opsautomator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.opsautomator.architecture.bad.Gullible;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What reads a stranger's text must not let it choose patterns, classes or programs. */
final class UntrustedInputTest {
  private static final String[] READERS = {
    "oa-core", "oa-sqlite", "oa-aws", "oa-actions", "oa-cli"
  };
  private static final Set<String> DOORS =
      Set.of(
          "java.io.ObjectInputStream",
          "java.lang.ProcessBuilder",
          "javax.script.ScriptEngineManager",
          "javax.naming.InitialContext",
          "java.net.URLClassLoader");

  @Test
  void noRegularExpressionOfTheJdkComesFromOutside() {
    JavaClasses readers = BuildModule.classes(READERS);
    List<Path> sources =
        Stream.of(READERS)
            .flatMap(name -> BuildModule.named(name).sources("main").stream())
            .toList();

    assertThat(new ForeignPatterns(readers).in(sources)).isEmpty();
  }

  @Test
  void aPatternFromOutsideIsSeen() {
    Path bad =
        BuildModule.root()
            .resolve("architecture-tests/src/test/java")
            .resolve(Gullible.class.getName().replace('.', '/') + ".java");

    assertThat(new ForeignPatterns(Rules.of(Gullible.class)).in(List.of(bad)))
        .hasSize(2)
        .anyMatch(complaint -> complaint.contains("matches(\"x\" + pattern)"))
        .anyMatch(complaint -> complaint.contains("compile(pattern)"));
  }

  @Test
  void noInputChoosesAClassOrAProgram() {
    Rules.hold(doors(), BuildModule.classes(READERS));
    Rules.hold(types(), BuildModule.classes(READERS));
  }

  @Test
  void anInputThatChoosesIsSeen() {
    Rules.objects(
        doors(),
        Rules.of(Gullible.class),
        "activateDefaultTyping",
        "ObjectInputStream",
        "ProcessBuilder");
    JavaClasses nested = new ClassFileImporter().importPackagesOf(Gullible.class);
    Rules.objects(types(), nested, "Anything is told its class by its JSON");
  }

  private static ArchRule doors() {
    return noClasses()
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "deserialises, or starts, what a text names", UntrustedInputTest::isDoor));
  }

  private static boolean isDoor(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String member = access.getTarget().getName();
    return DOORS.contains(owner)
        || (owner.equals("java.lang.Runtime") && member.equals("exec"))
        || (owner.startsWith("com.fasterxml.jackson.") && member.contains("DefaultTyping"))
        || (owner.equals("org.yaml.snakeyaml.Yaml") && member.startsWith("load"));
  }

  private static ArchRule types() {
    return classes()
        .should(
            Rules.condition(
                "name their subtypes themselves",
                type ->
                    isToldItsClass(type)
                        ? Stream.of(type.getSimpleName() + " is told its class by its JSON")
                        : Stream.of()));
  }

  private static boolean isToldItsClass(JavaClass type) {
    return type.tryGetAnnotationOfType(JsonTypeInfo.class)
        .map(JsonTypeInfo::use)
        .filter(Set.of(JsonTypeInfo.Id.CLASS, JsonTypeInfo.Id.MINIMAL_CLASS)::contains)
        .isPresent();
  }
}
