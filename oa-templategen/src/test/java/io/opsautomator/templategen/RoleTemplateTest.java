package io.opsautomator.templategen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Permission;
import io.opsautomator.templategen.cloudformation.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoleTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theBundledActionsHaveTheirRole() throws IOException {
    Golden.check("role.yaml", RoleTemplate.of(Bundled.actions()).yaml());
  }

  @Test
  void w64_nothingIsAllowedOnEverythingButWhatIsDeclaredSo() throws IOException {
    JsonNode template = JSON.readTree(RoleTemplate.of(Bundled.actions()).json());

    for (JsonNode statement : statements(template, "ActionsPolicy1")) {
      if (statement.get("Resource").toString().contains("\"*\"")) {
        assertThat(statement.get("Action").valueStream().map(JsonNode::asText))
            .allMatch(operation -> operation.startsWith("ec2:Describe"));
      }
    }
    assertThat(template.at("/Resources/ActionsPolicy1/Metadata/WhyAnyResource").asText())
        .contains("IAM knows no resources for");
  }

  @Test
  void w64_theRoleTrustsOnlyTheDeploymentsRolesAndOnlyWithAnExternalId() throws IOException {
    JsonNode template = JSON.readTree(RoleTemplate.of(Bundled.actions()).json());
    JsonNode trust =
        template.at(
            "/Resources/OpsAutomatorActionsRole/Properties/AssumeRolePolicyDocument/Statement/0");

    assertThat(trust.at("/Principal/AWS/Ref").asText()).isEqualTo("TrustedRoleArns");
    assertThat(trust.at("/Condition/StringEquals/sts:ExternalId/Ref").asText())
        .isEqualTo("ExternalId");
    assertThat(template.at("/Parameters/ExternalId").has("Default")).isFalse();
  }

  @Test
  void everyActionIsOffUntilSomebodySwitchesItOn() throws IOException {
    JsonNode template = JSON.readTree(RoleTemplate.of(Bundled.actions()).json());

    for (ActionMetadata<?> action : Bundled.actions()) {
      assertThat(template.at("/Parameters/" + action.name() + "/Default").asText()).isEqualTo("No");
    }
    assertThat(statements(template, "ActionsPolicy1")).isNotEmpty();
  }

  /** Each is behind the condition of its action. */
  private static List<JsonNode> statements(JsonNode template, String policy) {
    List<JsonNode> all = new ArrayList<>();
    template
        .at("/Resources/" + policy + "/Properties/PolicyDocument/Statement")
        .forEach(
            choice -> {
              assertThat(choice.at("/Fn::If/0").asText()).endsWith("Allowed");
              assertThat(choice.at("/Fn::If/2/Ref").asText()).isEqualTo("AWS::NoValue");
              all.add(choice.at("/Fn::If/1"));
            });
    return all;
  }

  @Test
  void manyActionsAreDistributedOverPoliciesThatIamTakes() throws IOException {
    List<ActionMetadata<?>> many =
        IntStream.range(10, 45).<ActionMetadata<?>>mapToObj(i -> needing("Act" + i, 10)).toList();
    Template template = RoleTemplate.of(many);

    JsonNode resources = JSON.readTree(template.json()).get("Resources");
    int policies = 0;
    for (JsonNode resource : resources) {
      JsonNode document = resource.at("/Properties/PolicyDocument");
      if (!document.isMissingNode()) {
        policies++;
        assertThat(deployed(document).length()).isLessThanOrEqualTo(6144);
      }
    }
    assertThat(policies).isBetween(3, 10);
  }

  /** As it is with every action allowed, in the partition with the longest name. */
  private static String deployed(JsonNode document) {
    return document
        .toString()
        .replaceAll("\\{\"Fn::If\":\\[\"[A-Za-z0-9]+\",(.*?),\\{\"Ref\":\"AWS::NoValue\"}]}", "$1")
        .replaceAll("\\{\"Fn::Sub\":(\"[^\"]*\")}", "$1")
        .replace("${AWS::Partition}", "aws-iso-b")
        .replace("${AWS::AccountId}", "123456789012");
  }

  private static ActionMetadata<?> needing(String name, int operations) {
    Permission[] permissions =
        IntStream.range(0, operations)
            .mapToObj(
                i ->
                    Permission.on(
                        "arn:{partition}:sample:{region}:{account}:thing/" + name + i + "/*",
                        "sample:Change" + name + "Number" + i))
            .toArray(Permission[]::new);
    return Samples.needing(name, permissions);
  }

  @Test
  void moreThanARoleCanHoldIsRefusedInWords() {
    List<ActionMetadata<?>> far =
        IntStream.range(100, 190).<ActionMetadata<?>>mapToObj(i -> needing("Act" + i, 10)).toList();

    assertThatThrownBy(() -> RoleTemplate.of(far))
        .hasMessageContaining("managed policies, and a role takes 9")
        .hasMessageContaining("make two roles");
  }

  @Test
  void anActionThatStaysAtHomeNeedsNoRoleElsewhere() {
    assertThatThrownBy(() -> RoleTemplate.of(List.of(Samples.homeOnly())))
        .hasMessageContaining("none of the actions works in other accounts");
  }

  @Test
  void arnsFollowTheStacksPartition() {
    assertThat(RoleTemplate.of(Bundled.actions()).yaml())
        .contains("arn:${AWS::Partition}:ec2:*:${AWS::AccountId}:instance/*")
        .doesNotContain("arn:aws:ec2");
  }

  @Test
  void thePolicyOfOneActionIsJson() throws IOException {
    Golden.check(
        "Ec2StopInstances.policy.json",
        IamPolicy.json(List.of(Bundled.action("Ec2StopInstances")), "aws"));
  }
}
