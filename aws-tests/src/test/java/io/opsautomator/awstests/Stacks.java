package io.opsautomator.awstests;

import io.opsautomator.templategen.cloudformation.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;

/** Stacks as somebody at a console would make them. */
record Stacks(CloudFormationClient cloud, IamClient iam) implements AutoCloseable {
  void create(String name, Template template, Map<String, String> values) {
    cloud.createStack(
        request ->
            request
                .stackName(name)
                .templateBody(template.yaml())
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .parameters(parameters(values)));
  }

  void update(String name, Template template, Map<String, String> values) {
    cloud.updateStack(
        request ->
            request
                .stackName(name)
                .templateBody(template.yaml())
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .parameters(parameters(values)));
  }

  /** Whether it is gone, or told of as deleted. */
  boolean delete(String name) {
    detachPolicies();
    cloud.deleteStack(request -> request.stackName(name));
    return find(name)
        .map(Stack::stackStatusAsString)
        .orElse("DELETE_COMPLETE")
        .equals("DELETE_COMPLETE");
  }

  /** CloudFormation does that itself before it deletes a role; moto does not. */
  private void detachPolicies() {
    for (Role role : iam.listRoles().roles()) {
      String of = role.roleName();
      iam.listAttachedRolePolicies(request -> request.roleName(of))
          .attachedPolicies()
          .forEach(
              policy ->
                  iam.detachRolePolicy(
                      request -> request.roleName(of).policyArn(policy.policyArn())));
    }
  }

  String status(String name) {
    return find(name).orElseThrow().stackStatusAsString();
  }

  Map<String, String> outputs(String name) {
    return find(name).orElseThrow().outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  /** Logical ids and types; the emulator lists what it leaves out without either. */
  Map<String, String> resources(String name) {
    List<StackResource> all =
        cloud.describeStackResources(request -> request.stackName(name)).stackResources();
    return all.stream()
        .filter(one -> !one.logicalResourceId().isEmpty())
        .collect(Collectors.toMap(StackResource::logicalResourceId, StackResource::resourceType));
  }

  private Optional<Stack> find(String name) {
    try {
      return cloud.describeStacks(request -> request.stackName(name)).stacks().stream().findFirst();
    } catch (CloudFormationException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    cloud.close();
    iam.close();
  }

  private static List<Parameter> parameters(Map<String, String> values) {
    Function<Map.Entry<String, String>, Parameter> parameter =
        one ->
            Parameter.builder().parameterKey(one.getKey()).parameterValue(one.getValue()).build();
    return values.entrySet().stream().map(parameter).toList();
  }
}
