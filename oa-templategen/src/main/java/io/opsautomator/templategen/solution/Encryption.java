package io.opsautomator.templategen.solution;

import static io.opsautomator.templategen.solution.Settings.IF_OWN_KEY;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Pseudo;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.List;

/** The key of one's own, for those who want one. */
final class Encryption {
  private static final List<String> USE = List.of("kms:Decrypt", "kms:GenerateDataKey*");

  private Encryption() {}

  static void addTo(Template.Builder all) {
    all.resource(
            Ids.KEY,
            Resource.of("AWS::KMS::Key")
                .onlyIf(IF_OWN_KEY)
                .retained()
                .with("Description", Value.sub("What ${AWS::StackName} stores"))
                .with("EnableKeyRotation", true)
                .with("PendingWindowInDays", 30)
                .with("KeyPolicy", Policies.document(account(), logs(), alarms()))
                .noting("Wildcards", "In a key's own policy, * is the key."))
        .resource(
            Ids.KEY + "Alias",
            Resource.of("AWS::KMS::Alias")
                .onlyIf(IF_OWN_KEY)
                .with("AliasName", Value.sub("alias/${AWS::StackName}"))
                .with("TargetKeyId", Value.ref(Ids.KEY)));
  }

  /** The key's ARN, or no value if there is no key. */
  static Value arn() {
    return Value.when(IF_OWN_KEY, Value.arn(Ids.KEY));
  }

  /** What roles need to use it. */
  static Resource use() {
    return Resource.of("AWS::IAM::ManagedPolicy")
        .onlyIf(IF_OWN_KEY)
        .with("Description", "What is needed of the key")
        .with(
            "PolicyDocument", Policies.document(Policies.allow("UseKey", USE, Value.arn(Ids.KEY))));
  }

  /** IAM says who in the account may use it, as with everything else. */
  private static Fields account() {
    return statement(
        "Account",
        Value.fields().with("AWS", Value.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")),
        List.of("kms:*"));
  }

  private static Fields logs() {
    return statement(
            "Logs",
            Value.fields().with("Service", Value.sub("logs.${AWS::Region}.${AWS::URLSuffix}")),
            List.of(
                "kms:Encrypt*",
                "kms:Decrypt*",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:Describe*"))
        .with(
            "Condition",
            Value.fields()
                .with(
                    "ArnLike",
                    Value.fields()
                        .with(
                            "kms:EncryptionContext:aws:logs:arn",
                            Value.sub(
                                "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*"))));
  }

  /** Alarms are told to a topic that is encrypted. */
  private static Fields alarms() {
    return statement("Alarms", Value.fields().with("Service", "cloudwatch.amazonaws.com"), USE)
        .with(
            "Condition",
            Value.fields()
                .with("StringEquals", Value.fields().with("aws:SourceAccount", Pseudo.ACCOUNT_ID)));
  }

  private static Fields statement(String id, Fields principal, List<String> operations) {
    return Value.fields()
        .with("Sid", id)
        .with("Effect", "Allow")
        .with("Principal", principal)
        .with("Action", operations)
        .with("Resource", "*");
  }
}
