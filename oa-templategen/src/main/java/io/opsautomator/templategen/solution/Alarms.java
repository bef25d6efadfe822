package io.opsautomator.templategen.solution;

import static io.opsautomator.templategen.solution.Settings.IF_ACTIVE;
import static io.opsautomator.templategen.solution.Settings.IF_EMAIL;
import static io.opsautomator.templategen.solution.Settings.IF_FUNCTIONS_WORK;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;

/**
 * What somebody has to be told: that nobody fires, that work waits, that something was given up, or
 * that AWS holds us back. Each alarm says what to do.
 */
final class Alarms {
  private static final int MINUTE = 60;
  private static final int QUIET_MINUTES = 5;
  private static final String LAMBDA = "AWS/Lambda";
  private static final String FUNCTION = "FunctionName";
  private static final String DYNAMODB = "AWS/DynamoDB";
  private static final String TABLE = "TableName";

  private Alarms() {}

  static void addTo(Template.Builder all) {
    all.resource(
            Ids.TOPIC,
            Resource.of("AWS::SNS::Topic")
                .with("DisplayName", "Ops Automator")
                .with("KmsMasterKeyId", Encryption.arn())
                .noting(
                    "Encryption", "With a key of AWS's, alarms could not be told to the topic."))
        .resource(
            "AlarmMail",
            Resource.of("AWS::SNS::Subscription")
                .onlyIf(IF_EMAIL)
                .with("TopicArn", Value.ref(Ids.TOPIC))
                .with("Protocol", "email")
                .with("Endpoint", Value.ref(Settings.ALARM_EMAIL)))
        .resource("SchedulerSilent", silence().onlyIf(IF_ACTIVE))
        .resource("WorkWaits", age())
        .resource("DeadLetters", deadLetters())
        .resource("WorkerThrottled", throttled().onlyIf(IF_FUNCTIONS_WORK))
        .resource("TableThrottled", tableThrottled());
  }

  private static Resource alarm(String words) {
    return Resource.of("AWS::CloudWatch::Alarm")
        .with("AlarmDescription", words)
        .with("AlarmActions", Value.list(Value.ref(Ids.TOPIC)))
        .with("OKActions", Value.list(Value.ref(Ids.TOPIC)));
  }

  /** Ticks that ended well, in each of the last minutes; none at all counts as silence. */
  private static Resource silence() {
    return alarm(
            "For five minutes nothing was fired and no run was watched. Look into the log of the"
                + " scheduler's function for errors, and whether the rule of the tick is enabled.")
        .with("ComparisonOperator", "LessThanThreshold")
        .with("Threshold", 1)
        .with("EvaluationPeriods", QUIET_MINUTES)
        .with("DatapointsToAlarm", QUIET_MINUTES)
        .with("TreatMissingData", "breaching")
        .with(
            "Metrics",
            Value.list(
                sum("good", "Ticks that ended well", "FILL(begun, 0) - FILL(failed, 0)"),
                term("begun", LAMBDA, "Invocations", FUNCTION, Value.ref(Ids.SCHEDULER)),
                term("failed", LAMBDA, "Errors", FUNCTION, Value.ref(Ids.SCHEDULER))));
  }

  private static Fields term(
      String id, String namespace, String metric, String dimension, Value of) {
    return Value.fields()
        .with("Id", id)
        .with("ReturnData", false)
        .with(
            "MetricStat",
            Value.fields()
                .with(
                    "Metric",
                    Value.fields()
                        .with("Namespace", namespace)
                        .with("MetricName", metric)
                        .with("Dimensions", dimension(dimension, of)))
                .with("Period", MINUTE)
                .with("Stat", "Sum"));
  }

  private static Fields sum(String id, String label, String expression) {
    return Value.fields()
        .with("Id", id)
        .with("Label", label)
        .with("Expression", expression)
        .with("ReturnData", true);
  }

  private static Resource age() {
    return alarm(
            "Work has been waiting for longer than QueueAgeSeconds. Look whether workers run, what"
                + " they log, and whether there are enough of them (WorkerConcurrency, Replicas).")
        .with("Namespace", "AWS/SQS")
        .with("MetricName", "ApproximateAgeOfOldestMessage")
        .with("Dimensions", dimension("QueueName", Value.getAtt(Ids.WORK_QUEUE, "QueueName")))
        .with("Statistic", "Maximum")
        .with("Period", MINUTE)
        .with("EvaluationPeriods", QUIET_MINUTES)
        .with("ComparisonOperator", "GreaterThanThreshold")
        .with("Threshold", Value.ref(Settings.QUEUE_AGE))
        .with("TreatMissingData", "notBreaching");
  }

  private static Resource deadLetters() {
    return above(
            "Messages were given up after many attempts. The executions they belong to have failed,"
                + " or will be sent again by the watch of their run; read the messages, then purge.")
        .with("Namespace", "AWS/SQS")
        .with("MetricName", "ApproximateNumberOfMessagesVisible")
        .with("Dimensions", dimension("QueueName", Value.getAtt(Ids.DEAD_LETTERS, "QueueName")))
        .with("Statistic", "Maximum")
        .with("Period", MINUTE)
        .with("EvaluationPeriods", 1);
  }

  private static Resource throttled() {
    return above(
            "Lambda has held workers back for five minutes: the account's concurrency is used up."
                + " Lower WorkerConcurrency, or have the account's limit raised.")
        .with("Namespace", LAMBDA)
        .with("MetricName", "Throttles")
        .with("Dimensions", dimension(FUNCTION, Value.ref(Ids.WORKER)))
        .with("Statistic", "Sum")
        .with("Period", MINUTE)
        .with("EvaluationPeriods", QUIET_MINUTES);
  }

  private static Resource tableThrottled() {
    return above(
            "DynamoDB has refused requests for five minutes. On demand, a table grows with what is"
                + " asked of it; one item that all want does not. Nothing is lost meanwhile.")
        .with(
            "Metrics",
            Value.list(
                sum("refused", "Refused requests", "FILL(reads, 0) + FILL(writes, 0)"),
                term("reads", DYNAMODB, "ReadThrottleEvents", TABLE, Value.ref(Ids.TABLE)),
                term("writes", DYNAMODB, "WriteThrottleEvents", TABLE, Value.ref(Ids.TABLE))))
        .with("EvaluationPeriods", QUIET_MINUTES);
  }

  private static Resource above(String words) {
    return alarm(words)
        .with("ComparisonOperator", "GreaterThanThreshold")
        .with("Threshold", 0)
        .with("TreatMissingData", "notBreaching");
  }

  private static Value dimension(String name, Value value) {
    return Value.list(Value.fields().with("Name", name).with("Value", value));
  }
}
