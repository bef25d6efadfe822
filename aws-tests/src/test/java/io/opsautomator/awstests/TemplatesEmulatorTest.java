package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Services;
import io.opsautomator.templategen.RoleTemplate;
import io.opsautomator.templategen.TaskTemplate;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.solution.SolutionTemplate;
import io.opsautomator.templategen.solution.StoreTable;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Every template that is generated, made, changed and removed as stacks - as far as the emulator
 * goes. Moto leaves out types it does not know (alarms, queue policies, retries of invocations);
 * keeps a missing element of a list, so the role is tried with all actions allowed; wants
 * functions' code to be there; and calls no function, so the stack of a task waits for its
 * resource.
 */
@ExtendWith(AwsEndpoint.class)
final class TemplatesEmulatorTest {
  private static final Region REGION = Region.EU_WEST_1;
  private static final String CODE_KEY = "ops-automator/oa-runtime-lambda.zip";

  private final URI address;
  private final String account;
  private final AwsCredentialsProvider credentials;
  private final Stacks stacks;

  TemplatesEmulatorTest(EmulatedAws emulated) {
    address = emulated.address();
    account = emulated.newAccount();
    credentials = session();
    stacks =
        new Stacks(
            client(CloudFormationClient.builder()).build(), client(IamClient.builder()).build());
  }

  @BeforeEach
  void code() {
    try (S3Client s3 = s3()) {
      s3.createBucket(
          request ->
              request
                  .bucket(bucket())
                  .createBucketConfiguration(c -> c.locationConstraint(REGION.id())));
      s3.putObject(
          request -> request.bucket(bucket()).key(CODE_KEY), RequestBody.fromBytes(Zip.EMPTY));
    }
  }

  @AfterEach
  void close() {
    stacks.close();
  }

  @Test
  void theDeploymentIsMadeChangedAndRemoved() {
    Template template = SolutionTemplate.template();

    stacks.create("ops", template, solution(Map.of()));
    assertThat(stacks.status("ops")).isEqualTo("CREATE_COMPLETE");
    assertThat(stacks.resources("ops")).doesNotContainKeys("Cluster", "EncryptionKey");
    Map<String, String> outputs = stacks.outputs("ops");
    assertThat(outputs).containsKeys("ServiceToken", "WorkerRoleArn");
    table(outputs.get("TableName"));
    queues(outputs);

    stacks.update("ops", template, solution(everything()));
    assertThat(stacks.status("ops")).isEqualTo("UPDATE_COMPLETE");
    assertThat(stacks.resources("ops"))
        .containsEntry("EncryptionKey", "AWS::KMS::Key")
        .containsEntry("Service", "AWS::ECS::Service");

    assertThat(stacks.delete("ops")).isTrue();
  }

  @Test
  void theDeploymentIsMadeWithAllItsPartsAtOnce() {
    stacks.create("all", SolutionTemplate.template(), solution(everything()));

    assertThat(stacks.status("all")).isEqualTo("CREATE_COMPLETE");
    assertThat(stacks.resources("all"))
        .containsKeys("Cluster", "ServiceTask", "ExecutionRole", "ServiceSecurityGroup", "KeyUse");
    assertThat(stacks.delete("all")).isTrue();
  }

  @Test
  void theRoleForOtherAccountsIsMadeChangedAndRemoved() {
    Map<String, String> values = new HashMap<>();
    bundled().forEach(action -> values.put(action.name(), "Yes"));
    values.put("ExternalId", "between-us");
    values.put("AllowedRegions", "eu-west-1,us-east-1");
    values.put("TrustedRoleArns", "arn:aws:iam::%s:role/worker".formatted(account));
    Template role = RoleTemplate.of(bundled());

    stacks.create("role", role, values);
    assertThat(stacks.outputs("role").get("CrossAccountRoleArn"))
        .isEqualTo("arn:aws:iam::%s:role/OpsAutomatorActionsRole".formatted(account));

    assertThat(stacks.resources("role")).containsKey("OtherRegions");

    values.put("ExternalId", "between-us-2");
    stacks.update("role", role, values);
    assertThat(stacks.status("role")).isEqualTo("UPDATE_COMPLETE");

    assertThat(stacks.delete("role")).isTrue();
  }

  @Test
  void aTaskOfEachActionIsMadeChangedAndRemoved() {
    stacks.create("ops", SolutionTemplate.template(), solution(Map.of()));

    for (ActionMetadata<?> action : bundled()) {
      Template template = TaskTemplate.of(action);
      Map<String, String> values = new HashMap<>();
      values.put("OpsAutomatorStack", "ops");
      values.put("Interval", "0 20 * * ?");
      stacks.create(action.name(), template, values);
      assertThat(stacks.resources(action.name()))
          .as(action.name())
          .containsEntry("Task", "Custom::TaskConfig");

      values.put("Interval", "0 21 * * ?");
      stacks.update(action.name(), template, values);
      assertThat(stacks.status(action.name())).as(action.name()).isEqualTo("UPDATE_COMPLETE");
    }
    for (ActionMetadata<?> action : bundled()) {
      assertThat(stacks.delete(action.name())).as(action.name()).isTrue();
    }
    assertThat(stacks.delete("ops")).isTrue();
  }

  private void table(String name) {
    try (DynamoDbClient dynamo = client(DynamoDbClient.builder()).build()) {
      TableDescription table = dynamo.describeTable(request -> request.tableName(name)).table();
      StoreTable shape = StoreTable.CURRENT;
      assertThat(names(table.keySchema())).containsExactly(shape.hash(), shape.range());
      assertThat(table.globalSecondaryIndexes()).hasSize(1);
      GlobalSecondaryIndexDescription due = table.globalSecondaryIndexes().get(0);
      assertThat(due.indexName()).isEqualTo(shape.due().name());
      assertThat(names(due.keySchema())).containsExactly(shape.due().hash(), shape.due().range());
      assertThat(due.projection().projectionType()).isEqualTo(ProjectionType.KEYS_ONLY);
    }
  }

  private void queues(Map<String, String> outputs) {
    try (SqsClient sqs = client(SqsClient.builder()).build()) {
      Map<String, Integer> receives = Map.of("WorkQueueUrl", 20, "CheckQueueUrl", 1000);
      receives.forEach(
          (output, most) ->
              assertThat(redrive(sqs, outputs.get(output)))
                  .containsPattern("\"maxReceiveCount\": ?\"?" + most + "\\b"));
    }
  }

  private static String redrive(SqsClient sqs, String url) {
    return sqs.getQueueAttributes(
            request -> request.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
        .attributes()
        .get(QueueAttributeName.REDRIVE_POLICY);
  }

  private static List<String> names(List<KeySchemaElement> keys) {
    return keys.stream().map(KeySchemaElement::attributeName).toList();
  }

  private Map<String, String> solution(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("CodeBucket", bucket());
    values.put("CodeKey", CODE_KEY);
    return values;
  }

  private static Map<String, String> everything() {
    return Map.of(
        "OwnKey", "Yes",
        "ECSFargate", "Yes",
        "ContainerImage", "registry.example/oa:1",
        "VpcId", "vpc-12345678",
        "SubnetIds", "subnet-12345678,subnet-87654321",
        "ActionPolicyArns", "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "AlarmEmail", "ops@example.com");
  }

  private static List<ActionMetadata<?>> bundled() {
    Services nobody =
        new Services() {
          @Override
          public <S> S get(Class<S> type) {
            return type.cast(
                Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> {
                      throw new IllegalStateException(method + " is called by a template");
                    }));
          }
        };
    return ActionCatalog.discover(nobody).actions().stream()
        .<ActionMetadata<?>>map(action -> action.metadata())
        .toList();
  }

  private String bucket() {
    return "code-" + account;
  }

  private AwsCredentialsProvider session() {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(address)
            .region(REGION)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      Credentials lent =
          sts.assumeRole(
                  request ->
                      request
                          .roleArn("arn:aws:iam::%s:role/admin".formatted(account))
                          .roleSessionName("templates"))
              .credentials();
      return StaticCredentialsProvider.create(
          AwsSessionCredentials.create(
              lent.accessKeyId(), lent.secretAccessKey(), lent.sessionToken()));
    }
  }

  private S3Client s3() {
    return client(S3Client.builder())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .build();
  }

  private <B extends AwsClientBuilder<B, ?>> B client(B builder) {
    builder.endpointOverride(address).region(REGION).credentialsProvider(credentials);
    return builder;
  }
}
