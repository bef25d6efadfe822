package io.opsautomator.templategen.solution;

/** Logical ids. CloudFormation makes a resource anew if its id changes, so these stay. */
final class Ids {
  static final String KEY = "EncryptionKey";
  static final String TABLE = "Table";
  static final String BUCKET = "PayloadBucket";
  static final String WORK_QUEUE = "WorkQueue";
  static final String CHECK_QUEUE = "CheckQueue";
  static final String DEAD_LETTERS = "DeadLetterQueue";
  static final String ENGINE_POLICY = "EnginePolicy";
  static final String SCHEDULER_ROLE = "SchedulerRole";
  static final String WORKER_ROLE = "WorkerRole";
  static final String DIRECT_ROLE = "DirectRole";
  static final String SCHEDULER = "SchedulerFunction";
  static final String WORKER = "WorkerFunction";
  static final String DIRECT = "DirectFunction";
  static final String SCHEDULER_LOG = "SchedulerLog";
  static final String WORKER_LOG = "WorkerLog";
  static final String DIRECT_LOG = "DirectLog";
  static final String SERVICE_LOG = "ServiceLog";
  static final String TICK = "TickRule";
  static final String TOPIC = "AlarmTopic";

  private Ids() {}
}
