package io.opsautomator.templategen.solution;

import static io.opsautomator.templategen.solution.Settings.IF_OWN_KEY;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Table and bucket. Both hold what nobody could make again, so they survive the stack. */
final class Storage {
  private Storage() {}

  static void addTo(Template.Builder all) {
    all.resource(Ids.TABLE, table(StoreTable.CURRENT))
        .resource(Ids.BUCKET, bucket())
        .resource(
            Ids.BUCKET + "Policy",
            Resource.of("AWS::S3::BucketPolicy")
                .with("Bucket", Value.ref(Ids.BUCKET))
                .with(
                    "PolicyDocument",
                    Policies.document(
                        Policies.onlyEncrypted(
                            "s3:*",
                            Value.list(
                                Value.arn(Ids.BUCKET), Value.sub("${PayloadBucket.Arn}/*"))))));
  }

  private static Resource table(StoreTable shape) {
    return Resource.of("AWS::DynamoDB::Table")
        .retained()
        .with("BillingMode", "PAY_PER_REQUEST")
        .with("AttributeDefinitions", attributes(shape))
        .with("KeySchema", keys(shape.hash(), shape.range()))
        .with(
            "GlobalSecondaryIndexes",
            Value.list(
                Value.fields()
                    .with("IndexName", shape.due().name())
                    .with("KeySchema", keys(shape.due().hash(), shape.due().range()))
                    .with("Projection", Value.fields().with("ProjectionType", "KEYS_ONLY"))))
        .with(
            "TimeToLiveSpecification",
            Value.fields().with("AttributeName", shape.expiry()).with("Enabled", true))
        .with(
            "PointInTimeRecoverySpecification",
            Value.fields().with("PointInTimeRecoveryEnabled", true))
        .with(
            "SSESpecification",
            Value.when(
                IF_OWN_KEY,
                Value.fields()
                    .with("SSEEnabled", true)
                    .with("SSEType", "KMS")
                    .with("KMSMasterKeyId", Value.arn(Ids.KEY))));
  }

  private static List<Fields> attributes(StoreTable shape) {
    Set<String> names = new LinkedHashSet<>();
    names.add(shape.hash());
    names.add(shape.range());
    names.add(shape.due().hash());
    names.add(shape.due().range());
    List<Fields> attributes = new ArrayList<>();
    for (String name : names) {
      attributes.add(Value.fields().with("AttributeName", name).with("AttributeType", "S"));
    }
    return attributes;
  }

  private static List<Fields> keys(String hash, String range) {
    return List.of(
        Value.fields().with("AttributeName", hash).with("KeyType", "HASH"),
        Value.fields().with("AttributeName", range).with("KeyType", "RANGE"));
  }

  private static Resource bucket() {
    return Resource.of("AWS::S3::Bucket")
        .retained()
        .with(
            "BucketEncryption",
            Value.fields()
                .with(
                    "ServerSideEncryptionConfiguration",
                    Value.list(
                        Value.fields()
                            .with("BucketKeyEnabled", Value.when(IF_OWN_KEY, true))
                            .with("ServerSideEncryptionByDefault", encryption()))))
        .with("PublicAccessBlockConfiguration", closed())
        .with(
            "OwnershipControls",
            Value.fields()
                .with(
                    "Rules",
                    Value.list(Value.fields().with("ObjectOwnership", "BucketOwnerEnforced"))))
        .with("LifecycleConfiguration", Value.fields().with("Rules", Value.list(lifecycle())))
        .noting(
            "Lifecycle",
            "Payloads are removed with their execution; what is left over goes a month after it.");
  }

  private static Value encryption() {
    return Value.when(
        IF_OWN_KEY,
        Value.fields().with("SSEAlgorithm", "aws:kms").with("KMSMasterKeyID", Value.arn(Ids.KEY)),
        Value.fields().with("SSEAlgorithm", "AES256"));
  }

  private static Fields closed() {
    return Value.fields()
        .with("BlockPublicAcls", true)
        .with("BlockPublicPolicy", true)
        .with("IgnorePublicAcls", true)
        .with("RestrictPublicBuckets", true);
  }

  private static Fields lifecycle() {
    return Value.fields()
        .with("Id", "Leftovers")
        .with("Status", "Enabled")
        .with(
            "ExpirationInDays",
            Value.findInMap(Settings.PAYLOAD_DAYS, Value.ref(Settings.HISTORY), "Days"))
        .with("AbortIncompleteMultipartUpload", Value.fields().with("DaysAfterInitiation", 1));
  }
}
