package io.opsautomator.templategen.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.templategen.cloudformation.InvalidTemplateException.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ParameterTest {
  private static List<String> wrong(Parameter parameter) {
    List<Violation> wrong = new ArrayList<>();
    ParameterCheck.check("It", parameter, wrong);
    return wrong.stream()
        .map(Violation::toString)
        .map(it -> it.replace("Parameters.It.", ""))
        .toList();
  }

  @Test
  void aDefaultWithinItsConstraintsIsFine() {
    assertThat(wrong(Parameter.number().orElse("1").atLeast(1).atMost(1))).isEmpty();
    assertThat(
            wrong(Parameter.text().orElse("abc").minLength(3).maxLength(3).matching("[a-c]+", "")))
        .isEmpty();
    assertThat(wrong(Parameter.list().orElse("a, b").oneOf("a", "b"))).isEmpty();
    assertThat(wrong(Parameter.list().orElse("").matching("(x+)?", ""))).isEmpty();
    assertThat(wrong(Parameter.of("AWS::SSM::Parameter::Value<String>").orElse("/a").oneOf("b")))
        .as("the name of what has the value")
        .isEmpty();
  }

  @Test
  void aDefaultOutsideIsNamed() {
    assertThat(wrong(Parameter.number().orElse("0").atLeast(1).atMost(3)))
        .containsExactly("Default 0 is not within 1 to 3");
    assertThat(wrong(Parameter.number().orElse("three")))
        .containsExactly("Default 'three' is not a number");
    assertThat(wrong(Parameter.text().orElse("").minLength(1)))
        .containsExactly("Default '' has not 1 to any characters");
    assertThat(wrong(Parameter.text().orElse("x1").matching("[a-z]", "")))
        .containsExactly("Default 'x1' does not match AllowedPattern [a-z]");
    assertThat(wrong(Parameter.list().orElse("a,c").oneOf("a", "b")))
        .containsExactly("Default 'c' is none of AllowedValues a, b");
  }

  @Test
  void anEmptyListIsOneEmptyTextToAPattern() {
    assertThat(wrong(Parameter.list().orElse("").matching("x+", "")))
        .containsExactly("Default '' does not match AllowedPattern x+");
  }

  @Test
  void constraintsHaveToFitTheTypeAndEachOther() {
    assertThat(wrong(Parameter.text().atLeast(1)))
        .containsExactly("MinValue and MaxValue are for the type Number, and this is String");
    assertThat(wrong(Parameter.number().minLength(1)))
        .containsExactly("MinLength and MaxLength are for the type String, and this is Number");
    assertThat(wrong(Parameter.number().atLeast(2).atMost(1)))
        .containsExactly("MinValue 2 is more than MaxValue 1");
    assertThat(wrong(Parameter.text().matching("(", "")))
        .containsExactly("AllowedPattern cannot be read: Unclosed group");
    assertThat(wrong(Parameter.number().atMost(5).oneOf("5", "6")))
        .containsExactly("AllowedValues 6 is not within any to 5");
    assertThat(wrong(Parameter.text().oneOf("a", "b", "a")))
        .containsExactly("AllowedValues has a value twice: 'a'");
  }

  @Test
  void anUnknownTypeIsNamed() {
    assertThat(wrong(Parameter.of("Integer")).get(0)).contains("Type 'Integer' is no type");
    assertThat(wrong(Parameter.of("List<AWS::EC2::Subnet::Id>"))).isEmpty();
  }
}
