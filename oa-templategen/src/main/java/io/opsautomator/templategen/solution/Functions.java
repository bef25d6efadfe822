package io.opsautomator.templategen.solution;

import static io.opsautomator.templategen.solution.Settings.IF_ACTIVE;
import static io.opsautomator.templategen.solution.Settings.IF_FUNCTIONS_WORK;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Pseudo;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.time.Duration;

/**
 * The functions: one that looks each minute for what is due, one that works, one that answers
 * requests. They are the same code with different rights.
 */
final class Functions {
  /** The longest that Lambda allows. */
  static final Duration WORKER_TIMEOUT = Duration.ofMinutes(15);

  /** A tick that takes longer than until the next but one has something wrong with it. */
  private static final Duration TICK_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration DIRECT_TIMEOUT = Duration.ofMinutes(1);
  private static final String HANDLER = "io.opsautomator.lambda.OpsAutomatorHandler::handleRequest";
  private static final int SMALL = 512;

  /** The most that a function may be handed at once without waiting for more. */
  private static final int BATCH = 10;

  private Functions() {}

  static void addTo(Template.Builder all) {
    all.resource(Ids.SCHEDULER_LOG, log())
        .resource(Ids.WORKER_LOG, log())
        .resource(Ids.DIRECT_LOG, log())
        .resource(Ids.SCHEDULER, scheduler())
        .resource(
            Ids.WORKER,
            function(Ids.WORKER_ROLE, Ids.WORKER_LOG, WORKER_TIMEOUT)
                .with("Description", "Works: selects, executes, checks")
                .with("MemorySize", Value.ref(Settings.WORKER_MEMORY)))
        .resource(
            Ids.DIRECT,
            function(Ids.DIRECT_ROLE, Ids.DIRECT_LOG, DIRECT_TIMEOUT)
                .with(
                    "Description", "Answers requests: describe-tasks, start-task, tasks of stacks")
                .with("MemorySize", SMALL))
        .resource("WorkSource", source(Ids.WORK_QUEUE))
        .resource("CheckSource", source(Ids.CHECK_QUEUE))
        .resource("DeadLetterSource", source(Ids.DEAD_LETTERS))
        .resource(Ids.TICK, tick())
        .resource("TickPermission", tickPermission())
        .resource("TickRetries", retries());
  }

  static Resource log() {
    return Resource.of("AWS::Logs::LogGroup")
        .with("RetentionInDays", Value.ref(Settings.LOG_DAYS))
        .with("KmsKeyId", Encryption.arn());
  }

  private static Resource scheduler() {
    return function(Ids.SCHEDULER_ROLE, Ids.SCHEDULER_LOG, TICK_TIMEOUT)
        .with("Description", "Each minute: fires what is due, and watches runs")
        .with("MemorySize", SMALL);
  }

  private static Resource function(String role, String log, Duration timeout) {
    return Resource.of("AWS::Lambda::Function")
        .with("Runtime", "java17")
        .with("Architectures", Value.list("arm64"))
        .with("Handler", HANDLER)
        .with(
            "Code",
            Value.fields()
                .with("S3Bucket", Value.ref(Settings.CODE_BUCKET))
                .with("S3Key", Value.ref(Settings.CODE_KEY)))
        .with("Role", Value.arn(role))
        .with("Timeout", timeout.toSeconds())
        .with("KmsKeyArn", Encryption.arn())
        .with("LoggingConfig", Value.fields().with("LogGroup", Value.ref(log)))
        .with("Environment", Value.fields().with("Variables", Environment.variables()));
  }

  private static Resource source(String queue) {
    return Resource.of("AWS::Lambda::EventSourceMapping")
        .with("EventSourceArn", Value.arn(queue))
        .with("FunctionName", Value.ref(Ids.WORKER))
        .with("Enabled", Value.when(IF_FUNCTIONS_WORK, true, false))
        .with("BatchSize", BATCH)
        .with("FunctionResponseTypes", Value.list("ReportBatchItemFailures"))
        .with(
            "ScalingConfig",
            Value.fields().with("MaximumConcurrency", Value.ref(Settings.WORKER_CONCURRENCY)));
  }

  private static Resource tick() {
    Fields target =
        Value.fields()
            .with("Id", "Scheduler")
            .with("Arn", Value.arn(Ids.SCHEDULER))
            .with("Input", "{\"action\":\"tick\"}");
    return Resource.of("AWS::Events::Rule")
        .with("Description", "The minute's tick")
        .with("ScheduleExpression", "rate(1 minute)")
        .with("State", Value.when(IF_ACTIVE, "ENABLED", "DISABLED"))
        .with("Targets", Value.list(target));
  }

  private static Resource tickPermission() {
    return Resource.of("AWS::Lambda::Permission")
        .with("Action", "lambda:InvokeFunction")
        .with("FunctionName", Value.ref(Ids.SCHEDULER))
        .with("Principal", "events.amazonaws.com")
        .with("SourceArn", Value.arn(Ids.TICK))
        .with("SourceAccount", Pseudo.ACCOUNT_ID);
  }

  /** A tick that failed is not made up for: the next one comes within a minute. */
  private static Resource retries() {
    return Resource.of("AWS::Lambda::EventInvokeConfig")
        .with("FunctionName", Value.ref(Ids.SCHEDULER))
        .with("Qualifier", "$LATEST")
        .with("MaximumEventAgeInSeconds", 60)
        .with("MaximumRetryAttempts", 0);
  }
}
