package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Permission;
import io.opsautomator.templategen.Grants.Grant;
import io.opsautomator.templategen.cloudformation.Condition;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Distributes what actions need over managed policies. IAM counts a managed policy's characters
 * without white space and takes 6,144; so many policies a role takes. What is counted here is the
 * longest that CloudFormation can make of a statement, with the actions all switched on.
 */
final class PolicyPacking {
  private static final int MOST_CHARACTERS = 6144;
  private static final int MOST_POLICIES = 9; // of the ten of a role; one keeps to the regions

  /** What {@code *} means as a region is asked in each account. */
  private static final Permission REGIONS = Permission.anywhere("ec2:DescribeRegions");

  private static final int AROUND = "{'Version':'2012-10-17','Statement':[]}".length();

  private PolicyPacking() {}

  /** What an action needs, and whether it may be left out. */
  private record Piece(ActionMetadata<?> action, Grant grant) {
    int characters() {
      int longest = 0;
      for (String resource : grant.resources()) {
        longest += longest(resource).length() + 3;
      }
      for (String operation : grant.operations()) {
        longest += operation.length() + 3;
      }
      return longest + "{'Effect':'Allow','Action':[],'Resource':[]},".length();
    }

    private static String longest(String arn) {
      return arn.replace("{partition}", "aws-iso-b")
          .replace("{region}", "*")
          .replace("{account}", "123456789012");
    }

    Fields statement() {
      return IamPolicy.allow(
          grant.operations(), grant.resources().stream().map(PolicyPacking::arn).toList());
    }
  }

  /** Several pieces that fit into one. */
  static final class Policy {
    private final int number;
    private final List<Piece> pieces = new ArrayList<>();

    private Policy(int number) {
      this.number = number;
    }

    private int characters() {
      return AROUND + pieces.stream().mapToInt(Piece::characters).sum();
    }

    private boolean takes(Piece piece) {
      return characters() + piece.characters() <= MOST_CHARACTERS;
    }

    void addTo(Template.Builder template) {
      String condition = "ActionsPolicy" + number + "Needed";
      Set<ActionMetadata<?>> actions = new LinkedHashSet<>();
      pieces.forEach(piece -> actions.add(piece.action()));
      template
          .condition(
              condition,
              Condition.any(
                  actions.stream()
                      .map(action -> Condition.named(RoleTemplate.allowed(action)))
                      .toList()))
          .resource("ActionsPolicy" + number, resource().onlyIf(condition));
    }

    private Resource resource() {
      List<Value> statements = new ArrayList<>();
      for (Piece piece : pieces) {
        statements.add(Value.when(RoleTemplate.allowed(piece.action()), piece.statement()));
      }
      Resource policy =
          Resource.of("AWS::IAM::ManagedPolicy")
              .with("Description", "What the chosen actions of Ops Automator need")
              .with("Roles", List.of(Value.ref(RoleTemplate.ROLE)))
              .with("PolicyDocument", RoleTemplate.document(statements));
      Set<String> anywhere = new TreeSet<>();
      pieces.stream()
          .map(Piece::grant)
          .filter(Grant::anywhere)
          .forEach(grant -> anywhere.addAll(grant.operations()));
      return anywhere.isEmpty() ? policy : policy.noting("WhyAnyResource", why(anywhere));
    }
  }

  private static String why(Set<String> operations) {
    return "IAM knows no resources for "
        + String.join(", ", operations)
        + ": the actions declare that they cannot be scoped";
  }

  private static Value arn(String resource) {
    return resource.equals("*")
        ? Value.of(resource)
        : Value.sub(
            resource
                .replace("{partition}", "${AWS::Partition}")
                .replace("{region}", "*")
                .replace("{account}", "${AWS::AccountId}"));
  }

  /** In the order of the actions; a policy is begun when the next piece fits into none. */
  static List<Policy> pack(List<? extends ActionMetadata<?>> actions) {
    List<Policy> policies = new ArrayList<>();
    for (ActionMetadata<?> action : actions) {
      for (Grant grant : Grants.of(List.of(action), REGIONS)) {
        Piece piece = new Piece(action, grant);
        Policy policy =
            policies.stream()
                .filter(it -> it.takes(piece))
                .findFirst()
                .orElseGet(() -> begun(policies));
        policy.pieces.add(piece);
      }
    }
    if (policies.size() > MOST_POLICIES) {
      throw new IllegalArgumentException(
          "the actions need "
              + policies.size()
              + " managed policies, and a role takes "
              + MOST_POLICIES
              + " besides the one for regions; make two roles, each for some of the actions");
    }
    return policies;
  }

  private static Policy begun(List<Policy> policies) {
    Policy policy = new Policy(policies.size() + 1);
    policies.add(policy);
    return policy;
  }
}
