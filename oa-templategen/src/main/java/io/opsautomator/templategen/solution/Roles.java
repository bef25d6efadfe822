package io.opsautomator.templategen.solution;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.List;

/**
 * Who may do what. All that run the engine share one policy, which reaches table, queues and bucket
 * of this stack and nothing else; only the worker can take work, and assume a role elsewhere.
 *
 * <p>What actions do in other accounts is said there, by the roles that the worker assumes; in this
 * account, by the policies that are named in the parameters.
 */
final class Roles {
  private Roles() {}

  static void addTo(Template.Builder all) {
    all.resource(Ids.ENGINE_POLICY, enginePolicy())
        .resource(
            Ids.SCHEDULER_ROLE,
            function(Value.list(Value.ref(Ids.ENGINE_POLICY)), logging(Ids.SCHEDULER_LOG)))
        .resource(
            Ids.DIRECT_ROLE,
            function(Value.list(Value.ref(Ids.ENGINE_POLICY)), logging(Ids.DIRECT_LOG)))
        .resource(Ids.WORKER_ROLE, worker())
        .resource(
            "KeyUse",
            Encryption.use()
                .with(
                    "Roles",
                    Value.list(
                        Value.ref(Ids.SCHEDULER_ROLE),
                        Value.ref(Ids.DIRECT_ROLE),
                        Value.ref(Ids.WORKER_ROLE))));
  }

  private static Resource enginePolicy() {
    return Resource.of("AWS::IAM::ManagedPolicy")
        .with("Description", "What the engine needs of its own table, queues and bucket")
        .with("PolicyDocument", Policies.document(items(), index(), send(), payloads(), bucket()));
  }

  private static Fields items() {
    return Policies.allow(
        "Items",
        List.of(
            "dynamodb:BatchGetItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:DescribeTable",
            "dynamodb:GetItem",
            "dynamodb:PartiQLInsert",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem"),
        Value.arn(Ids.TABLE));
  }

  private static Fields index() {
    return Policies.allow(
        "Due",
        List.of("dynamodb:Query"),
        Value.sub("${Table.Arn}/index/" + StoreTable.CURRENT.due().name()));
  }

  private static Fields send() {
    return Policies.allow(
        "Send",
        List.of("sqs:GetQueueAttributes", "sqs:SendMessage"),
        Value.list(Value.arn(Ids.WORK_QUEUE), Value.arn(Ids.CHECK_QUEUE)));
  }

  private static Fields payloads() {
    return Policies.allow(
        "Payloads",
        List.of("s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
        Value.sub("${PayloadBucket.Arn}/*"));
  }

  /** Without it, S3 says that one may not look where it should say that there is nothing. */
  private static Fields bucket() {
    return Policies.allow("Bucket", List.of("s3:ListBucket"), Value.arn(Ids.BUCKET));
  }

  private static Resource function(Value managed, Object... statements) {
    return Resource.of("AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", Policies.trust("lambda.amazonaws.com"))
        .with("ManagedPolicyArns", managed)
        .with("Policies", Value.list(inline(statements)));
  }

  private static Fields inline(Object... statements) {
    return Value.fields()
        .with("PolicyName", "Own")
        .with("PolicyDocument", Policies.document(statements));
  }

  private static Resource worker() {
    Value policies =
        Value.when(
            Settings.IF_POLICIES,
            Value.split(
                ",",
                Value.join(
                    ",",
                    Value.list(
                        Value.ref(Ids.ENGINE_POLICY),
                        Value.join(",", Value.ref(Settings.ACTION_POLICIES))))),
            Value.list(Value.ref(Ids.ENGINE_POLICY)));
    return Resource.of("AWS::IAM::Role")
        .with(
            "AssumeRolePolicyDocument",
            Policies.trust("lambda.amazonaws.com", "ecs-tasks.amazonaws.com"))
        .with("ManagedPolicyArns", policies)
        .with(
            "Policies",
            Value.list(
                inline(logging(Ids.WORKER_LOG), receive(), assume(), parameters(), regions())))
        .noting(
            "Wildcards",
            "ec2:DescribeRegions knows no resources. The role may be in any account: what it may do"
                + " there, and that it trusts this one, is said in that account.");
  }

  private static Fields receive() {
    return Policies.allow(
        "Receive",
        List.of(
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage"),
        Value.list(
            Value.arn(Ids.WORK_QUEUE), Value.arn(Ids.CHECK_QUEUE), Value.arn(Ids.DEAD_LETTERS)));
  }

  private static Fields assume() {
    return Policies.allow(
        "OtherAccounts",
        List.of("sts:AssumeRole", "sts:TagSession"),
        Value.sub("arn:${AWS::Partition}:iam::*:role/${" + Settings.ROLE + "}"));
  }

  private static Fields parameters() {
    return Policies.allow(
        "Parameters",
        List.of("ssm:GetParameter", "ssm:GetParameters"),
        Value.sub(
            "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${"
                + Settings.PARAMETER_PATH
                + "}/*"));
  }

  private static Fields regions() {
    return Policies.allow("Regions", List.of("ec2:DescribeRegions"), "*");
  }

  static Fields logging(String group) {
    return Policies.allow(
        "Log", List.of("logs:CreateLogStream", "logs:PutLogEvents"), Value.arn(group));
  }
}
