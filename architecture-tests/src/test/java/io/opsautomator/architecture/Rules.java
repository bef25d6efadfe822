package io.opsautomator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Function;
import java.util.stream.Stream;

/** How a rule is applied, and how it is shown that it can fail. */
final class Rules {
  private Rules() {}

  static void hold(ArchRule rule, JavaClasses classes) {
    assertThat(classes).as("classes under the rule").isNotEmpty();
    rule.check(classes);
  }

  /** The control of a rule: it must object to these classes, naming each of the texts. */
  static void objects(ArchRule rule, JavaClasses bad, String... naming) {
    assertThat(String.join("\n", rule.evaluate(bad).getFailureReport().getDetails()))
        .as("what the rule says about bad classes: %s", rule.getDescription())
        .contains(naming);
  }

  static JavaClasses of(Class<?>... bad) {
    return new ClassFileImporter().importClasses(bad);
  }

  /** A condition that each complaint of {@code check} violates. */
  static ArchCondition<JavaClass> condition(
      String text, Function<JavaClass, Stream<String>> check) {
    return new ArchCondition<>(text) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        check
            .apply(type)
            .forEach(complaint -> events.add(SimpleConditionEvent.violated(type, complaint)));
      }
    };
  }
}
