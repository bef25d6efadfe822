package io.opsautomator.aws;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The operations that are known to change nothing. All else counts as a change: an operation that
 * is missing here costs an action a place in an effect, one that is wrongly here breaks the promise
 * of every plan. So a pattern such as {@code Describe*} stands only where the service uses the word
 * for reads throughout, and what hands out sessions or passwords, leases work, starts something or
 * runs a statement is not a read, whatever it is called (SQS ReceiveMessage, Logs StartQuery,
 * DynamoDB ExecuteStatement, EC2 GetPasswordData). Source: the services' API references.
 */
final class ReadOperations {
  /** By IAM prefix; a word that ends in a star is a prefix, one that begins with a minus is not. */
  private static final Map<String, ReadOperations> SERVICES = new HashMap<>();

  static {
    ec2();
    management();
    data();
    compute();
    messaging();
    network();
    organisation();
  }

  private final Set<String> names = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();
  private final Set<String> exceptions = new HashSet<>();

  private ReadOperations(String words) {
    for (String word : words.strip().split("\\s+")) {
      if (word.endsWith("*")) {
        prefixes.add(word.substring(0, word.length() - 1));
      } else if (word.startsWith("-")) {
        exceptions.add(word.substring(1));
      } else {
        names.add(word);
      }
    }
  }

  static boolean contains(String service, String operation) {
    ReadOperations reads = SERVICES.get(service);
    return reads != null && reads.contains(operation);
  }

  private boolean contains(String operation) {
    return !exceptions.contains(operation)
        && (names.contains(operation) || prefixes.stream().anyMatch(operation::startsWith));
  }

  private static void reads(String words, String... services) {
    ReadOperations reads = new ReadOperations(words);
    Arrays.stream(services).forEach(service -> SERVICES.put(service, reads));
  }

  private static void ec2() {
    reads(
        """
        Describe*
        GetAllowedImagesSettings GetCapacityReservationUsage GetConsoleOutput GetConsoleScreenshot
        GetDefaultCreditSpecification GetEbsDefaultKmsKeyId GetEbsEncryptionByDefault
        GetGroupsForCapacityReservation GetHostReservationPurchasePreview GetImageAncestry
        GetImageBlockPublicAccessState GetInstanceMetadataDefaults
        GetInstanceTypesFromInstanceRequirements GetInstanceUefiData GetLaunchTemplateData
        GetManagedPrefixListAssociations GetManagedPrefixListEntries
        GetReservedInstancesExchangeQuote GetSecurityGroupsForVpc GetSerialConsoleAccessStatus
        GetSnapshotBlockPublicAccessState GetSpotPlacementScores GetSubnetCidrReservations
        ListImagesInRecycleBin ListSnapshotsInRecycleBin ListVolumesInRecycleBin
        """,
        "ec2");
    reads("Describe* GetPredictiveScalingForecast", "autoscaling");
    reads("GetSnapshotBlock ListChangedBlocks ListSnapshotBlocks", "ebs");
  }

  private static void management() {
    reads(
        """
        Describe* List*
        GetAutomationExecution GetCalendarState GetCommandInvocation GetConnectionStatus
        GetDefaultPatchBaseline GetDocument GetInventory GetInventorySchema GetMaintenanceWindow*
        GetOpsItem GetOpsMetadata GetOpsSummary GetParameter GetParameterHistory GetParameters
        GetParametersByPath GetPatchBaseline GetPatchBaselineForPatchGroup GetResourcePolicies
        GetServiceSetting
        """,
        "ssm");
    reads("Describe* Get* List*", "cloudwatch", "tag");
    reads(
        """
        Describe* List* FilterLogEvents GetDataProtectionPolicy GetLogEvents GetLogGroupFields
        GetLogRecord GetQueryResults
        """,
        "logs");
    reads(
        """
        Describe* List* EstimateTemplateCost GetStackPolicy GetTemplate GetTemplateSummary
        ValidateTemplate
        """,
        "cloudformation");
    reads("Describe* List* TestEventPattern", "events");
    reads("Get* List*", "scheduler");
    reads("Describe* List* GetExecutionHistory", "states");
    reads("Describe* List*", "application-autoscaling");
  }

  private static void data() {
    reads("Describe* List* GetItem BatchGetItem TransactGetItems Query Scan", "dynamodb");
    reads(
        """
        HeadBucket HeadObject List* GetBucket* GetObject GetObjectAcl GetObjectAttributes
        GetObjectLegalHold GetObjectLockConfiguration GetObjectRetention GetObjectTagging
        GetPublicAccessBlock
        """,
        "s3");
    reads("Describe* ListTagsForResource", "rds");
    reads("Describe*", "redshift");
    reads("Describe* ListAllowedNodeTypeModifications ListTagsForResource", "elasticache");
    reads("Describe* List* Get*", "backup");
    reads("Describe* List*", "elasticfilesystem", "fsx");
    reads("DescribeKey List* GetKeyPolicy GetKeyRotationStatus GetPublicKey", "kms");
    reads("DescribeSecret GetResourcePolicy GetSecretValue List*", "secretsmanager");
  }

  private static void compute() {
    reads("Describe* List*", "ecs", "eks");
    reads(
        """
        Describe* List* BatchGetImage BatchGetRepositoryScanningConfiguration GetLifecyclePolicy
        GetRegistryPolicy GetRepositoryPolicy
        """,
        "ecr");
    // GetFunction hands out a signed link to the code; its configuration has all the rest.
    reads("List* Get* -GetFunction -GetLayerVersion -GetLayerVersionByArn", "lambda");
    reads("Describe* List*", "batch");
  }

  private static void messaging() {
    reads("GetQueueAttributes GetQueueUrl List*", "sqs");
    reads(
        """
        CheckIfPhoneNumberIsOptedOut GetEndpointAttributes GetPlatformApplicationAttributes
        GetSMSAttributes GetSubscriptionAttributes GetTopicAttributes List*
        """,
        "sns");
    reads("Describe* List*", "kinesis");
  }

  private static void network() {
    reads("Describe*", "elasticloadbalancing");
    reads("Get* List* TestDNSAnswer", "route53");
    reads("Get* List* Describe*", "cloudfront");
  }

  private static void organisation() {
    reads("GetCallerIdentity GetAccessKeyInfo DecodeAuthorizationMessage", "sts");
    reads("Get* List* SimulateCustomPolicy SimulatePrincipalPolicy", "iam");
    reads("Describe* List*", "organizations");
    reads("GetAlternateContact GetContactInformation GetRegionOptStatus ListRegions", "account");
    reads("Get* List*", "servicequotas");
    reads("Describe* GetAttributeValues GetProducts ListPriceLists", "pricing");
    reads("Describe* Get* List*", "ce", "compute-optimizer", "savingsplans");
    reads("Describe* ListTagsForResource ViewBudget", "budgets");
  }
}
