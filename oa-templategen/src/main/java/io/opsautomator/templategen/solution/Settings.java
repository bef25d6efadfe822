package io.opsautomator.templategen.solution;

import static io.opsautomator.templategen.cloudformation.Condition.equal;
import static io.opsautomator.templategen.cloudformation.Condition.is;
import static io.opsautomator.templategen.cloudformation.Condition.not;

import io.opsautomator.templategen.cloudformation.Condition;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Parameter;
import io.opsautomator.templategen.cloudformation.Rule;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.Arrays;
import java.util.List;

/** What whoever creates the stack decides. Names that Ops Automator 2.2 has had are kept. */
final class Settings {
  static final String CODE_BUCKET = "CodeBucket";
  static final String CODE_KEY = "CodeKey";
  static final String SCHEDULER_ACTIVE = "SchedulerActive";
  static final String FUNCTIONS_WORK = "FunctionsWork";
  static final String WORKER_MEMORY = "WorkerMemory";
  static final String WORKER_CONCURRENCY = "WorkerConcurrency";
  static final String REGIONS = "Regions";
  static final String ROLE = "CrossAccountRole";
  static final String EXTERNAL_ID = "ExternalId";
  static final String SESSION_TAGS = "SessionTags";
  static final String SESSION_POLICY = "SessionPolicy";
  static final String ACTION_POLICIES = "ActionPolicyArns";
  static final String PARAMETER_PATH = "ParameterPath";
  static final String HISTORY = "HistoryDays";
  static final String LOG_DAYS = "LogRetentionDays";
  static final String OWN_KEY = "OwnKey";
  static final String ALARM_EMAIL = "AlarmEmail";
  static final String QUEUE_AGE = "QueueAgeSeconds";
  static final String FARGATE = "ECSFargate";
  static final String IMAGE = "ContainerImage";
  static final String VPC = "VpcId";
  static final String SUBNETS = "SubnetIds";
  static final String PUBLIC_IP = "AssignPublicIp";
  static final String REPLICAS = "Replicas";
  static final String CPU = "TaskCpu";
  static final String MEMORY = "TaskMemory";

  static final String PAYLOAD_DAYS = "PayloadDays";

  // Conditions.
  static final String IF_ACTIVE = "SchedulerIsActive";
  static final String IF_FUNCTIONS_WORK = "FunctionsDoWork";
  static final String IF_OWN_KEY = "HasOwnKey";
  static final String IF_FARGATE = "HasFargate";
  static final String IF_EMAIL = "HasAlarmEmail";
  static final String IF_POLICIES = "HasActionPolicies";
  static final String IF_PUBLIC_IP = "HasPublicIp";

  private static final String GENERAL = "Ops Automator";
  private static final String ACCOUNTS = "Accounts and regions";
  private static final String MAINTENANCE = "Maintenance";
  private static final String CONTAINERS = "ECS/Fargate parameters";

  /** For how long runs are kept, and payloads: a month more, for runs that take their time. */
  private static final int[] DAYS = {7, 14, 30, 60, 90, 180, 365};

  private static final int GRACE = 30;

  /**
   * Stands for none: a subnet that is an empty text is refused before any condition is looked at.
   */
  private static final String NO_SUBNET = "subnet-00000000";

  private static final int[] CPU_UNITS = {256, 512, 1024, 2048, 4096};

  private Settings() {}

  static void addTo(Template.Builder all) {
    general(all);
    accounts(all);
    maintenance(all);
    containers(all);
    conditions(all);
    all.mapping(PAYLOAD_DAYS, payloadDays());
  }

  private static void general(Template.Builder all) {
    all.parameter(
            CODE_BUCKET,
            Parameter.text()
                .labelled("Bucket with the functions' code")
                .described("An S3 bucket of this region.")
                .matching("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket's name, without s3://"),
            GENERAL)
        .parameter(
            CODE_KEY,
            Parameter.text()
                .labelled("Key of the functions' code")
                .described(
                    "The zip that oa-runtime-lambda is built to. Give it another key with each"
                        + " version: an update does nothing while bucket and key stay the same.")
                .orElse("ops-automator/oa-runtime-lambda.zip")
                .minLength(1),
            GENERAL)
        .parameter(
            SCHEDULER_ACTIVE,
            Parameter.yesNo(true)
                .labelled("Scheduler active")
                .described(
                    "Whether functions fire schedules and watch over runs. No: what runs goes on."),
            GENERAL)
        .parameter(
            FUNCTIONS_WORK,
            Parameter.yesNo(true)
                .labelled("Functions work")
                .described("Whether functions do the work of the queues. No: only containers do."),
            GENERAL)
        .parameter(
            WORKER_MEMORY,
            Parameter.number()
                .labelled("Worker memory")
                .described("MB of each worker function; its share of a CPU grows with it.")
                .orElse("1024")
                .atLeast(512)
                .atMost(10240),
            GENERAL)
        .parameter(
            WORKER_CONCURRENCY,
            Parameter.number()
                .labelled("Workers at once")
                .described("How many worker functions each of the two queues may run at once.")
                .orElse("10")
                .atLeast(2)
                .atMost(1000),
            GENERAL);
  }

  private static void accounts(Template.Builder all) {
    all.parameter(
            REGIONS,
            Parameter.list()
                .labelled("Regions")
                .described(
                    "What * in a task's regions stands for, with commas. Empty: those that are"
                        + " switched on in each account.")
                .orElse(""),
            ACCOUNTS)
        .parameter(
            ROLE,
            Parameter.text()
                .labelled("Cross account role name")
                .described("The role that is assumed in other accounts where a task names none.")
                .orElse("OpsAutomatorActionsRole")
                .matching("[\\w+=,.@-]{1,64}", "a role's name, without arn: and path"),
            ACCOUNTS)
        .parameter(
            EXTERNAL_ID,
            Parameter.text()
                .labelled("External id")
                .described("What the roles in other accounts ask for. Empty: nothing.")
                .orElse("")
                .matching("|[\\w+=,.@:/-]{2,1224}", "2 to 1224 letters, digits and +=,.@:/_-"),
            ACCOUNTS);
    sessions(all);
    all.parameter(
            ACTION_POLICIES,
            Parameter.list()
                .labelled("Policies of actions")
                .described(
                    "ARNs of managed policies with what actions need in this account (oa template"
                        + " --policy), with commas. Empty: tasks can do nothing here, unless they name a"
                        + " role.")
                .orElse(""),
            ACCOUNTS)
        .parameter(
            PARAMETER_PATH,
            Parameter.text()
                .labelled("Path of parameters")
                .described("Texts of tasks can read what is below this path of Parameter Store.")
                .orElse("ops-automator")
                .matching("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", "a path without / at either end"),
            ACCOUNTS);
  }

  private static void sessions(Template.Builder all) {
    all.parameter(
            SESSION_TAGS,
            Parameter.text()
                .labelled("Tags of sessions")
                .described(
                    "What policies of other accounts can ask for, such as team=ops,stage=prod."
                        + " Empty: none.")
                .orElse("")
                .matching("|[^=,]+=[^=,]*(,[^=,]+=[^=,]*)*", "key=value, with commas"),
            ACCOUNTS)
        .parameter(
            SESSION_POLICY,
            Parameter.text()
                .labelled("Policy of sessions")
                .described(
                    "JSON that takes away from what the roles in other accounts may do. Empty:"
                        + " nothing is taken away.")
                .orElse("")
                .maxLength(2048),
            ACCOUNTS);
  }

  private static void maintenance(Template.Builder all) {
    all.parameter(
            HISTORY,
            Parameter.text()
                .labelled("Days of history")
                .described("For how long runs are kept after they have ended.")
                .orElse("30")
                .oneOf(texts(DAYS)),
            MAINTENANCE)
        .parameter(
            LOG_DAYS,
            Parameter.number()
                .labelled("Log retention")
                .described("For how many days logs are kept, the audit trail among them.")
                .orElse("30")
                .oneOf(
                    texts(
                        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653)),
            MAINTENANCE)
        .parameter(
            OWN_KEY,
            Parameter.yesNo(false)
                .labelled("KMS key of its own")
                .described(
                    "Yes: table, queues, bucket and logs are encrypted with a KMS key of the stack"
                        + " (about 1 USD a month and 0.03 USD for 10,000 requests). No: with keys of AWS."),
            MAINTENANCE)
        .parameter(
            ALARM_EMAIL,
            Parameter.text()
                .labelled("Address for alarms")
                .described(
                    "Alarms go there, once the mail that asks for it is confirmed. Empty: subscribe"
                        + " to the topic later.")
                .orElse("")
                .matching("|[^@\\s]+@[^@\\s]+", "an e-mail address"),
            MAINTENANCE)
        .parameter(
            QUEUE_AGE,
            Parameter.number()
                .labelled("Seconds that work may wait")
                .described(
                    "Alarm when the oldest work has waited longer. Retries wait in the queue, too.")
                .orElse("3600")
                .atLeast(60)
                .atMost(1209600),
            MAINTENANCE);
  }

  private static void containers(Template.Builder all) {
    all.parameter(
            FARGATE,
            Parameter.yesNo(false)
                .labelled("ECS/Fargate")
                .described(
                    "Yes: also a service of containers that schedule and work all the time."),
            CONTAINERS)
        .parameter(
            IMAGE,
            Parameter.text()
                .labelled("Image")
                .described("The image of oa-runtime-ecs in a registry, by its digest or tag.")
                .orElse(""),
            CONTAINERS)
        .parameter(
            VPC,
            Parameter.text()
                .labelled("VPC")
                .described("Where the containers run.")
                .orElse("")
                .matching("|vpc-([0-9a-f]{8}|[0-9a-f]{17})", "a VPC's id, such as vpc-0a1b2c3d"),
            CONTAINERS)
        .parameter(
            SUBNETS,
            Parameter.text()
                .labelled("Subnets")
                .described(
                    "At least one, with commas and no blanks; a way to AWS's endpoints is needed.")
                .orElse(NO_SUBNET)
                .matching(
                    "subnet-[0-9a-f]{8,17}(,subnet-[0-9a-f]{8,17})*",
                    "subnets' ids with commas and no blanks"),
            CONTAINERS);
    sizes(all);
    rules(all);
  }

  private static void sizes(Template.Builder all) {
    all.parameter(
            PUBLIC_IP,
            Parameter.yesNo(false)
                .labelled("Public address")
                .described(
                    "Yes, in public subnets without a NAT gateway: the image could not be fetched otherwise."),
            CONTAINERS)
        .parameter(
            REPLICAS,
            Parameter.number()
                .labelled("Containers")
                .described("How many run beside each other.")
                .orElse("2")
                .atLeast(0)
                .atMost(1000),
            CONTAINERS)
        .parameter(
            CPU,
            Parameter.text()
                .labelled("CPU units of a container")
                .described("256, 512, 1024 (which is one CPU), 2048 or 4096.")
                .orElse("512")
                .matching("256|512|1024|2048|4096", "256, 512, 1024, 2048 or 4096"),
            CONTAINERS)
        .parameter(
            MEMORY,
            Parameter.text()
                .labelled("Memory of a container")
                .described("In MB: two, four or eight times the CPU units.")
                .orElse("2048")
                .matching("[0-9]{3,5}", "MB, such as 2048"),
            CONTAINERS);
  }

  private static void rules(Template.Builder all) {
    Condition containers = is(FARGATE, "Yes");
    all.rule(
        "ContainersNeedAPlace",
        Rule.when(containers, given(VPC), "ECS/Fargate needs a VPC: fill in VpcId")
            .and(not(is(SUBNETS, NO_SUBNET)), "ECS/Fargate needs a subnet: fill in SubnetIds")
            .and(given(IMAGE), "ECS/Fargate needs an image: fill in ContainerImage"));
    for (int units : CPU_UNITS) {
      List<String> fitting = List.of(texts(2 * units, 4 * units, 8 * units));
      all.rule(
          "MemoryFor" + units,
          Rule.when(
              is(CPU, String.valueOf(units)),
              Condition.contains(fitting, Value.ref(MEMORY)),
              "With %d CPU units, TaskMemory is one of %s"
                  .formatted(units, String.join(", ", fitting))));
    }
  }

  private static Condition given(String parameter) {
    return not(is(parameter, ""));
  }

  private static void conditions(Template.Builder all) {
    all.condition(IF_ACTIVE, is(SCHEDULER_ACTIVE, "Yes"))
        .condition(IF_FUNCTIONS_WORK, is(FUNCTIONS_WORK, "Yes"))
        .condition(IF_OWN_KEY, is(OWN_KEY, "Yes"))
        .condition(IF_FARGATE, is(FARGATE, "Yes"))
        .condition(IF_PUBLIC_IP, is(PUBLIC_IP, "Yes"))
        .condition(IF_EMAIL, given(ALARM_EMAIL))
        .condition(IF_POLICIES, not(equal(Value.join("", Value.ref(ACTION_POLICIES)), "")));
  }

  private static Fields payloadDays() {
    Fields rows = Value.fields();
    for (int days : DAYS) {
      rows = rows.with(String.valueOf(days), Value.fields().with("Days", days + GRACE));
    }
    return rows;
  }

  private static String[] texts(int... numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).toArray(String[]::new);
  }
}
