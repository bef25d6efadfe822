package io.opsautomator.aws.deployment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The environment variables that {@link Deployment} reads. An empty one counts as not set. */
public enum Variable {
  TABLE("OA_TABLE", true, "the DynamoDB table that holds tasks, runs and executions"),
  WORK_QUEUE_URL("OA_WORK_QUEUE_URL", true, "the SQS queue that carries work"),
  CHECK_QUEUE_URL("OA_CHECK_QUEUE_URL", true, "the SQS queue that carries completion checks"),
  DEAD_LETTER_QUEUE_URL("OA_DEAD_LETTER_QUEUE_URL", false, "where both queues put what fails"),
  PAYLOAD_BUCKET("OA_PAYLOAD_BUCKET", false, "the S3 bucket for payloads too large for the table"),
  DEPLOYMENT("OA_DEPLOYMENT", false, "the name that marker tags carry; default: ops-automator"),
  ROLE("OA_ROLE", false, "the role to assume in other accounts, where a task names none"),
  EXTERNAL_ID("OA_EXTERNAL_ID", false, "what those roles' trust policies ask for"),
  SESSION_NAME("OA_SESSION_NAME", false, "as what CloudTrail knows it; default: after deployment"),
  SESSION_TAGS("OA_SESSION_TAGS", false, "tags of its sessions: key=value, comma-separated"),
  SESSION_POLICY("OA_SESSION_POLICY", false, "JSON that takes away from what those roles may do"),
  SESSION_MINUTES("OA_SESSION_MINUTES", false, "how long a session lasts; default: 60"),
  REGIONS("OA_REGIONS", false, "what * means, comma-separated; default: those switched on"),
  TASKS("OA_TASKS", false, "task files, comma-separated, to put into the store at the start"),
  SAFEGUARDS("OA_SAFEGUARDS", false, "the file that says what no task may do"),
  HISTORY_DAYS("OA_HISTORY_DAYS", false, "for how many days ended runs are kept; default: 30"),
  WORKERS("OA_WORKERS", false, "how many messages one process works on at once; default: 64");

  private final String key;
  private final boolean required;
  private final String meaning;

  Variable(String key, boolean required, String meaning) {
    this.key = key;
    this.required = required;
    this.meaning = meaning;
  }

  /** Such as {@code OA_TABLE}. */
  public String key() {
    return key;
  }

  public boolean required() {
    return required;
  }

  /** In words, to go on after the name. */
  public String meaning() {
    return meaning;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Variable::key).collect(Collectors.toList());
  }
}
