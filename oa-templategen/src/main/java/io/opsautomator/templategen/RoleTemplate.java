package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Reach;
import io.opsautomator.action.ActionMetadata.Stability;
import io.opsautomator.templategen.cloudformation.Condition;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Output;
import io.opsautomator.templategen.cloudformation.Parameter;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The template of the role that a deployment assumes in another account.
 *
 * <p>Whoever creates the stack switches on the actions that are welcome in the account, each by
 * itself; the role allows what these declare, on the kinds of resources they declare it for. It
 * trusts the deployment's roles only, and only with an external id.
 */
public final class RoleTemplate {
  static final String ROLE = "OpsAutomatorActionsRole";
  private static final String NAME = "CustomRoleName";
  private static final String TRUSTED = "TrustedRoleArns";
  private static final String EXTERNAL_ID = "ExternalId";
  private static final String REGIONS = "AllowedRegions";
  private static final String REGIONS_GIVEN = "AllowedRegionsGiven";
  private static final String ADVANCED = "ADVANCED";

  /** Their calls have a region that nobody chooses. */
  private static final Set<String> GLOBAL =
      Set.of("cloudfront", "iam", "organizations", "route53", "shield", "sts", "support");

  private RoleTemplate() {}

  /**
   * For these actions; those that work in one account only, or are internal, are left out.
   *
   * @throws IllegalArgumentException if none is left
   * @throws io.opsautomator.templategen.cloudformation.InvalidTemplateException if they need more
   *     policies than a role can have
   */
  public static Template of(Collection<? extends ActionMetadata<?>> actions) {
    List<? extends ActionMetadata<?>> remote =
        actions.stream()
            .filter(it -> it.identity().stability() != Stability.INTERNAL)
            .filter(it -> it.selection().reach() == Reach.ALL_ACCOUNTS_AND_REGIONS)
            .sorted(Comparator.comparing(ActionMetadata::name))
            .toList();
    if (remote.isEmpty()) {
      throw new IllegalArgumentException("none of the actions works in other accounts");
    }
    Template.Builder template =
        Template.titled("The role that Ops Automator assumes in this account");
    remote.forEach(action -> choice(template, action));
    trust(template);
    PolicyPacking.pack(remote).forEach(policy -> policy.addTo(template));
    regions(template, remote);
    return template
        .resource(ROLE, role())
        .output("CrossAccountRoleArn", Output.of(Value.arn(ROLE), "The role's ARN"))
        .output(
            "CrossAccountRoleName",
            Output.of(Value.ref(ROLE), "What a task's CrossAccountRole has to be"))
        .build();
  }

  private static void choice(Template.Builder template, ActionMetadata<?> action) {
    template
        .parameter(
            action.name(),
            Parameter.yesNo(false)
                .labelled(action.identity().title())
                .described(
                    "Lets tasks of this action work here. "
                        + action.identity().description()
                        + "."),
            service(action.name()))
        .condition(allowed(action), Condition.is(action.name(), "Yes"));
  }

  static String allowed(ActionMetadata<?> action) {
    return action.name() + "Allowed";
  }

  /** {@code Ec2StopInstances} belongs to {@code EC2}. */
  private static String service(String action) {
    int end = 1;
    while (end < action.length() && !Character.isUpperCase(action.charAt(end))) {
      end++;
    }
    return action.substring(0, end).toUpperCase(Locale.ROOT);
  }

  private static void trust(Template.Builder template) {
    template
        .parameter(
            TRUSTED,
            Parameter.list()
                .labelled("Trusted roles")
                .described(
                    "Who may assume the role, with commas: WorkerRoleArn of the deployment's outputs.")
                .matching(
                    "\\s*arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]{1,576}\\s*",
                    "ARNs of roles"),
            "Trust")
        .parameter(
            EXTERNAL_ID,
            Parameter.text()
                .labelled("External id")
                .described(
                    "What whoever assumes the role has to name: ExternalId of the deployment, or of a"
                        + " task.")
                .matching("[A-Za-z0-9_+=,.@:/-]{2,1224}", "2 to 1224 letters, digits, _+=,.@:/-"),
            "Trust")
        .parameter(
            NAME,
            Parameter.text()
                .orElse(ROLE)
                .labelled("Custom role name")
                .described("The role's name: CrossAccountRole of the deployment, or of a task.")
                .matching("[A-Za-z0-9_+=,.@-]{1,64}", "1 to 64 letters, digits, _+=,.@-"),
            ADVANCED);
  }

  private static Resource role() {
    return Resource.of("AWS::IAM::Role")
        .with("RoleName", Value.ref(NAME))
        .with("Description", "What Ops Automator may do in this account")
        .with(
            "AssumeRolePolicyDocument",
            document(
                List.of(
                    trusting("sts:AssumeRole")
                        .with(
                            "Condition",
                            Value.fields()
                                .with(
                                    "StringEquals",
                                    Value.fields().with("sts:ExternalId", Value.ref(EXTERNAL_ID)))),
                    trusting("sts:TagSession"))));
  }

  private static Fields trusting(String operation) {
    return Value.fields()
        .with("Effect", "Allow")
        .with("Principal", Value.fields().with("AWS", Value.ref(TRUSTED)))
        .with("Action", operation);
  }

  static Fields document(List<? extends Value> statements) {
    return Value.fields().with("Version", IamPolicy.VERSION).with("Statement", statements);
  }

  private static void regions(
      Template.Builder template, List<? extends ActionMetadata<?>> actions) {
    template
        .parameter(
            REGIONS,
            Parameter.list()
                .orElse("")
                .labelled("Allowed regions")
                .described(
                    "Regions in which the role may do something; without them, all. The deployment's own"
                        + " has to be among them if tasks work in all regions.")
                .matching("(\\s*[a-z]{2,3}(-[a-z0-9]+)+\\s*)?", "names of regions"),
            ADVANCED)
        .condition(
            REGIONS_GIVEN, Condition.not(Condition.equal(Value.join("", Value.ref(REGIONS)), "")))
        .resource(
            "OtherRegions",
            Resource.of("AWS::IAM::ManagedPolicy")
                .with("Description", "Keeps Ops Automator to some regions")
                .with("Roles", List.of(Value.ref(ROLE)))
                .with("PolicyDocument", document(List.of(outside(actions))))
                .onlyIf(REGIONS_GIVEN));
  }

  private static Fields outside(List<? extends ActionMetadata<?>> actions) {
    Set<String> services = new TreeSet<>();
    for (Grants.Grant grant : Grants.of(actions)) {
      grant.operations().forEach(it -> services.add(it.substring(0, it.indexOf(':'))));
    }
    services.removeAll(GLOBAL);
    return Value.fields()
        .with("Effect", "Deny")
        .with("Action", services.stream().map(service -> service + ":*").toList())
        .with("Resource", "*")
        .with(
            "Condition",
            Value.fields()
                .with(
                    "StringNotEquals",
                    Value.fields().with("aws:RequestedRegion", Value.ref(REGIONS))));
  }
}
