package io.opsautomator.templategen.solution;

import static io.opsautomator.templategen.solution.Settings.IF_FARGATE;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Pseudo;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;

/**
 * Containers that schedule and work all the time, for actions that outlive a function. Any number
 * of them may run beside each other and beside the functions.
 */
final class Fargate {
  private static final String CLUSTER = "Cluster";
  private static final String TASK = "ServiceTask";
  private static final String EXECUTION_ROLE = "ExecutionRole";
  private static final String SECURITY_GROUP = "ServiceSecurityGroup";
  private static final int HTTPS = 443;

  /** What is in hand is given back within it; the longest that Fargate allows is two minutes. */
  private static final int STOP_SECONDS = 60;

  private Fargate() {}

  static void addTo(Template.Builder all) {
    all.resource(Ids.SERVICE_LOG, Functions.log().onlyIf(IF_FARGATE))
        .resource(
            CLUSTER,
            Resource.of("AWS::ECS::Cluster")
                .onlyIf(IF_FARGATE)
                .with(
                    "ClusterSettings",
                    Value.list(
                        Value.fields().with("Name", "containerInsights").with("Value", "enabled"))))
        .resource(EXECUTION_ROLE, executionRole())
        .resource(SECURITY_GROUP, securityGroup())
        .resource(TASK, task())
        .resource("Service", service());
  }

  /** What ECS itself does: fetches the image, opens the log. */
  private static Resource executionRole() {
    return Resource.of("AWS::IAM::Role")
        .onlyIf(IF_FARGATE)
        .with("AssumeRolePolicyDocument", Policies.trust("ecs-tasks.amazonaws.com"))
        .with(
            "ManagedPolicyArns",
            Value.list(
                Value.sub(
                    "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")));
  }

  /** Nobody comes in; out goes only what speaks TLS. */
  private static Resource securityGroup() {
    return Resource.of("AWS::EC2::SecurityGroup")
        .onlyIf(IF_FARGATE)
        .with("GroupDescription", Value.sub("Workers of ${AWS::StackName}"))
        .with("VpcId", Value.ref(Settings.VPC))
        .with(
            "SecurityGroupEgress",
            Value.list(
                Value.fields()
                    .with("Description", "Endpoints of AWS")
                    .with("IpProtocol", "tcp")
                    .with("FromPort", HTTPS)
                    .with("ToPort", HTTPS)
                    .with("CidrIp", "0.0.0.0/0")));
  }

  private static Resource task() {
    return Resource.of("AWS::ECS::TaskDefinition")
        .onlyIf(IF_FARGATE)
        .with("RequiresCompatibilities", Value.list("FARGATE"))
        .with("NetworkMode", "awsvpc")
        .with("Cpu", Value.ref(Settings.CPU))
        .with("Memory", Value.ref(Settings.MEMORY))
        .with("ExecutionRoleArn", Value.arn(EXECUTION_ROLE))
        .with("TaskRoleArn", Value.arn(Ids.WORKER_ROLE))
        .with("Volumes", Value.list(Value.fields().with("Name", "tmp")))
        .with("ContainerDefinitions", Value.list(container()));
  }

  private static Fields container() {
    return Value.fields()
        .with("Name", "worker")
        .with("Image", Value.ref(Settings.IMAGE))
        .with("Essential", true)
        .with("ReadonlyRootFilesystem", true)
        .with(
            "MountPoints",
            Value.list(
                Value.fields()
                    .with("SourceVolume", "tmp")
                    .with("ContainerPath", "/tmp")
                    .with("ReadOnly", false)))
        .with("StopTimeout", STOP_SECONDS)
        .with("Environment", Environment.pairs())
        .with(
            "LogConfiguration",
            Value.fields()
                .with("LogDriver", "awslogs")
                .with(
                    "Options",
                    Value.fields()
                        .with("awslogs-group", Value.ref(Ids.SERVICE_LOG))
                        .with("awslogs-region", Pseudo.REGION)
                        .with("awslogs-stream-prefix", "worker")));
  }

  private static Resource service() {
    return Resource.of("AWS::ECS::Service")
        .onlyIf(IF_FARGATE)
        .with("Cluster", Value.ref(CLUSTER))
        .with("TaskDefinition", Value.ref(TASK))
        .with("LaunchType", "FARGATE")
        .with("DesiredCount", Value.ref(Settings.REPLICAS))
        .with(
            "DeploymentConfiguration",
            Value.fields()
                .with("MinimumHealthyPercent", 50)
                .with("MaximumPercent", 200)
                .with(
                    "DeploymentCircuitBreaker",
                    Value.fields().with("Enable", true).with("Rollback", true)))
        .with("NetworkConfiguration", Value.fields().with("AwsvpcConfiguration", network()));
  }

  private static Fields network() {
    return Value.fields()
        .with("Subnets", Value.split(",", Value.ref(Settings.SUBNETS)))
        .with("SecurityGroups", Value.list(Value.ref(SECURITY_GROUP)))
        .with("AssignPublicIp", Value.when(Settings.IF_PUBLIC_IP, "ENABLED", "DISABLED"));
  }
}
