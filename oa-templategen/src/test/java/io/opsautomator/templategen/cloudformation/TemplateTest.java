package io.opsautomator.templategen.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opsautomator.templategen.cloudformation.InvalidTemplateException.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TemplateTest {
  private static Template.Builder oneQueue() {
    return Template.titled("A queue").resource("Queue", Resource.of("AWS::SQS::Queue"));
  }

  private static List<String> wrong(Template.Builder template) {
    InvalidTemplateException e =
        catchThrowableOfType(InvalidTemplateException.class, template::build);
    return e.violations().stream().map(Violation::toString).toList();
  }

  private static Template withEverySection() {
    return Template.titled("All there is")
        .metadata("Version", "1.0")
        .parameter("Days", Parameter.number().orElse("3").atLeast(1).labelled("Days"), "Times")
        .parameter("Keep", Parameter.yesNo(false).described("Keeps it"), "Times")
        .mapping("Sizes", Value.fields().with("Small", Value.fields().with("MB", 128)))
        .condition("Kept", Condition.is("Keep", "Yes"))
        .rule("Sane", Rule.that(Condition.contains(List.of("1", "3"), Value.ref("Days")), "1, 3"))
        .resource(
            "Queue",
            Resource.of("AWS::SQS::Queue")
                .with("VisibilityTimeout", Value.findInMap("Sizes", "Small", "MB"))
                .with("QueueName", Value.sub("${AWS::StackName}-${Days}"))
                .onlyIf("Kept")
                .retained())
        .output("Arn", Output.of(Value.arn("Queue"), "Its ARN").onlyIf("Kept"))
        .build();
  }

  @Test
  void everySectionIsWrittenInItsPlace() {
    assertThat(withEverySection().yaml())
        .isEqualTo(
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Description: All there is
            Metadata:
              Version: '1.0'
              AWS::CloudFormation::Interface:
                ParameterGroups:
                  - Label:
                      default: Times
                    Parameters:
                      - Days
                      - Keep
                ParameterLabels:
                  Days:
                    default: Days
            Parameters:
              Days:
                Type: Number
                Default: 3
                MinValue: 1
              Keep:
                Type: String
                Description: Keeps it
                Default: 'No'
                AllowedValues:
                  - 'Yes'
                  - 'No'
            Mappings:
              Sizes:
                Small:
                  MB: 128
            Conditions:
              Kept:
                Fn::Equals:
                  - Ref: Keep
                  - 'Yes'
            Rules:
              Sane:
                Assertions:
                  - Assert:
                      Fn::Contains:
                        -
                          - '1'
                          - '3'
                        - Ref: Days
                    AssertDescription: '1, 3'
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Condition: Kept
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
                Properties:
                  VisibilityTimeout:
                    Fn::FindInMap:
                      - Sizes
                      - Small
                      - MB
                  QueueName:
                    Fn::Sub: '${AWS::StackName}-${Days}'
            Outputs:
              Arn:
                Description: Its ARN
                Condition: Kept
                Value:
                  Fn::GetAtt:
                    - Queue
                    - Arn
            """);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    Template.Builder template =
        oneQueue()
            .parameter("Unused", Parameter.text())
            .condition("Never", Condition.is("Absent", "x"))
            .resource("bad-id", Resource.of("SQS"))
            .resource("Queue", Resource.of("AWS::SQS::Queue"))
            .resource(
                "Topic",
                Resource.of("AWS::SNS::Topic")
                    .with("A", List.of("x", Value.ref("Nothing")))
                    .with("B", Value.getAtt("Nobody", "Arn"))
                    .with("C", Value.sub("${Nowhere} ${Nobody.Arn} ${a b} ${!Literal} ${open"))
                    .with("D", Value.when("Sometimes", 1, 2))
                    .with("E", Value.findInMap("NoMap", "a", "b"))
                    .onlyIf("Elsewhere")
                    .dependsOn("Someone"));

    assertThat(wrong(template))
        .containsExactlyInAnyOrder(
            "Resources.Queue is there twice",
            "Conditions.Never refers to 'Absent', which is no parameter; there can be nothing else"
                + " here",
            "Resources.bad-id is no logical id: letters and digits only, at most 255",
            "Resources.bad-id.Type 'SQS' is no type of a resource; write it like AWS::SQS::Queue",
            "Resources.Topic.Condition refers to 'Elsewhere', which is no condition",
            "Resources.Topic.DependsOn names 'Someone', which is no resource",
            "Resources.Topic.Properties.A[1] refers to 'Nothing', which is no parameter and no"
                + " resource",
            "Resources.Topic.Properties.B refers to 'Nobody', which is no resource",
            "Resources.Topic.Properties.C refers to 'Nowhere', which is no parameter and no"
                + " resource",
            "Resources.Topic.Properties.C refers to 'Nobody', which is no resource",
            "Resources.Topic.Properties.C has ${a b} in it, which is no name; write ${!…} for the"
                + " text itself",
            "Resources.Topic.Properties.C has ${open in it, which is no name; write ${!…} for the"
                + " text itself",
            "Resources.Topic.Properties.D refers to 'Sometimes', which is no condition",
            "Resources.Topic.Properties.E refers to 'NoMap', which is no mapping",
            "Parameters.Unused is used nowhere: what a user fills in there has no effect",
            "Conditions.Never is used nowhere: remove it");
  }

  @Test
  void aSubstitutionsOwnVariablesNeedNothingInTheTemplate() {
    Template template =
        oneQueue()
            .output(
                "Text",
                Output.of(Value.sub("${Who}", Value.fields().with("Who", Pseudo.REGION)), "It"))
            .build();

    assertThat(template.json()).contains("\"Fn::Sub\": [");
  }

  @Test
  void aCircleIsNamed() {
    Template.Builder template =
        Template.titled("Round")
            .resource("A", Resource.of("AWS::SQS::Queue").with("X", Value.arn("B")))
            .resource("B", Resource.of("AWS::SQS::Queue").with("X", Value.sub("-${C}-")))
            .resource("C", Resource.of("AWS::SQS::Queue").dependsOn("A"));

    assertThat(wrong(template)).containsExactly("Resources.A depends on itself: A -> B -> C -> A");
  }

  @Test
  void aResourceCannotHaveTheNameOfAParameter() {
    Template.Builder template =
        oneQueue()
            .parameter("Queue", Parameter.text())
            .output("It", Output.of(Value.ref("Queue"), "Which?"));

    assertThat(wrong(template)).containsExactly("Resources.Queue has the name of a parameter");
  }

  @Test
  void aTemplateHasAResource() {
    assertThat(wrong(Template.titled("Nothing")))
        .containsExactly("Resources are none; a template has at least one");
  }

  @Test
  void cloudFormationsLimitsHold() {
    Template.Builder template = Template.titled("x".repeat(1025));
    IntStream.range(0, 501)
        .forEach(i -> template.resource("Q" + i, Resource.of("AWS::SQS::Queue")));
    IntStream.range(0, 201)
        .forEach(
            i ->
                template
                    .parameter("P" + i, Parameter.text())
                    .output("O" + i, Output.of(Value.ref("P" + i), "")));

    assertThat(wrong(template))
        .containsExactly(
            "Parameters are 201; CloudFormation takes 200",
            "Resources are 501; CloudFormation takes 500",
            "Outputs are 201; CloudFormation takes 200",
            "Description has 1025 bytes; CloudFormation takes 1024");
  }

  @Test
  void aTemplateOverAMegabyteIsRefused() {
    Template.Builder template =
        Template.titled("Large")
            .resource("Q", Resource.of("AWS::SQS::Queue").with("Name", "x".repeat(1_000_000)));

    assertThat(wrong(template)).hasSize(2).allMatch(it -> it.contains("takes 1000000"));
  }

  @Test
  void aMappingHasTwoLevels() {
    Template.Builder template =
        Template.titled("Mapped")
            .mapping("M", Value.fields().with("a b", Value.fields().with("k", 1)).with("c", 2))
            .resource(
                "Q", Resource.of("AWS::SQS::Queue").with("N", Value.findInMap("M", "c", "k")));

    assertThat(wrong(template))
        .containsExactly(
            "Mappings.M has the key 'a b'; a key is of letters, digits, - and .",
            "Mappings.M.c has no second level of keys");
  }

  @Test
  void alternativesBeyondTenAreNested() {
    List<Condition> eleven =
        IntStream.range(0, 11).mapToObj(i -> Condition.is("P", "v" + i)).toList();
    Template template =
        oneQueue()
            .parameter("P", Parameter.text())
            .condition("Any", Condition.any(eleven))
            .output("It", Output.of(Value.when("Any", "yes", "no"), ""))
            .build();

    assertThat(template.json().split("Fn::Or", -1)).as("one of ten, in one of two").hasSize(3);
  }

  @Test
  void theOrderOfAMapWithoutOneDoesNotReachTheBytes() {
    Value one = Value.of(Map.of("b", 1, "a", 2, "d", 3, "c", 4));

    assertThat(JsonText.of(one))
        .isEqualToIgnoringWhitespace("{'a':2,'b':1,'c':4,'d':3}".replace('\'', '"'));
  }
}
