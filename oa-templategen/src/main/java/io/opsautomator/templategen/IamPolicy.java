package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.templategen.Grants.Grant;
import io.opsautomator.templategen.cloudformation.Documents;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.Collection;
import java.util.List;

/**
 * IAM policies out of what actions declare. {@code ActionContract} proves the declarations against
 * the calls that actions make, so a policy allows what is needed and no more than IAM can tell
 * apart.
 */
public final class IamPolicy {
  static final String VERSION = "2012-10-17";

  private IamPolicy() {}

  /**
   * The policy as JSON, for any region of any account of a partition.
   *
   * @param partition such as {@code aws} or {@code aws-cn}
   */
  public static String json(Collection<? extends ActionMetadata<?>> actions, String partition) {
    List<Fields> statements =
        Grants.of(actions).stream().map(grant -> statement(grant, partition)).toList();
    return Documents.json(Value.fields().with("Version", VERSION).with("Statement", statements));
  }

  private static Fields statement(Grant grant, String partition) {
    List<String> resources =
        grant.resources().stream()
            .map(arn -> arn.replace("{partition}", partition))
            .map(arn -> arn.replace("{region}", "*").replace("{account}", "*"))
            .toList();
    return allow(grant.operations(), resources);
  }

  static Fields allow(Object operations, Object resources) {
    return Value.fields()
        .with("Effect", "Allow")
        .with("Action", operations)
        .with("Resource", resources);
  }
}
