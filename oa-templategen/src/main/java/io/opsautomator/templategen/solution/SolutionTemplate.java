package io.opsautomator.templategen.solution;

import io.opsautomator.templategen.DeploymentExports;
import io.opsautomator.templategen.cloudformation.Output;
import io.opsautomator.templategen.cloudformation.Pseudo;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;

/**
 * The template of a deployment: one table, three queues and a bucket; functions that look for what
 * is due each minute, work and answer requests; if wanted, a Fargate service that works, too; roles
 * that reach just these, log groups, and alarms for what must not stand still.
 *
 * <p>Nothing in it coordinates anything: any number of schedulers and workers may run beside each
 * other, in functions and in containers, for the table says what is true and the queues only hint.
 *
 * <p>What holds data - table, bucket and key - survives the stack.
 */
public final class SolutionTemplate {
  private SolutionTemplate() {}

  /** The same bytes each time. */
  public static Template template() {
    Template.Builder all =
        Template.titled(
            "Ops Automator for Java: tasks on cloud resources, across accounts and regions");
    Settings.addTo(all);
    Encryption.addTo(all);
    Storage.addTo(all);
    Messaging.addTo(all);
    Roles.addTo(all);
    Functions.addTo(all);
    Fargate.addTo(all);
    Alarms.addTo(all);
    outputs(all);
    return all.build();
  }

  private static void outputs(Template.Builder all) {
    all.output(
            DeploymentExports.SERVICE_TOKEN,
            Output.of(Value.arn(Ids.DIRECT), "The function that task templates hand their tasks to")
                .exportedAs(DeploymentExports.name(DeploymentExports.SERVICE_TOKEN)))
        .output(
            "WorkerRoleArn",
            Output.of(Value.arn(Ids.WORKER_ROLE), "TrustedRoleArns of the roles in other accounts"))
        .output(
            "DirectFunctionName",
            Output.of(
                Value.ref(Ids.DIRECT), "Answers describe-tasks, start-task and stacks of tasks"))
        .output("TableName", Output.of(Value.ref(Ids.TABLE), "Tasks, runs and executions"))
        .output("WorkQueueUrl", Output.of(Value.ref(Ids.WORK_QUEUE), "Carries work"))
        .output("CheckQueueUrl", Output.of(Value.ref(Ids.CHECK_QUEUE), "Carries completion checks"))
        .output(
            "DeadLetterQueueUrl",
            Output.of(Value.ref(Ids.DEAD_LETTERS), "Messages that failed again and again"))
        .output("PayloadBucketName", Output.of(Value.ref(Ids.BUCKET), "What the table cannot hold"))
        .output("AlarmTopicArn", Output.of(Value.ref(Ids.TOPIC), "Where alarms are told"))
        .output("Deployment", Output.of(Pseudo.STACK_NAME, "What marker tags and {stack} carry"));
  }
}
