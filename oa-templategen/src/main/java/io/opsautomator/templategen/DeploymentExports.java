package io.opsautomator.templategen;

import io.opsautomator.templategen.cloudformation.Value;

/**
 * What the stack of a deployment exports for the stacks of its tasks. Names begin with the stack's
 * own, so that several deployments can be in one region.
 */
public final class DeploymentExports {
  /** The ARN of the function that makes tasks of {@code Custom::TaskConfig} resources. */
  public static final String SERVICE_TOKEN = "ServiceToken";

  /** The type of the custom resource that stands for a task; the original's. */
  public static final String TASK_RESOURCE = "Custom::TaskConfig";

  private DeploymentExports() {}

  /** The name under which the deployment's own template exports something. */
  public static Value name(String export) {
    return Value.sub("${AWS::StackName}-" + export);
  }

  /**
   * What another stack exports.
   *
   * @param stackParameter the parameter that has the name of that stack
   */
  static Value imported(String export, String stackParameter) {
    return Value.importValue(Value.sub("${" + stackParameter + "}-" + export));
  }
}
