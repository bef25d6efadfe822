package io.opsautomator.examples;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.aws.Aws;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.Task;
import java.nio.file.Path;

/** Ops Automator inside a program of one's own: development machines sleep at night. */
final class NightStop {
  private NightStop() {}

  // docs: embed
  public static void main(String[] args) throws InterruptedException {
    try (OpsAutomator ops =
        OpsAutomator.builder()
            .install(Aws.defaults())
            .store(Path.of(".oa"))
            .task(night())
            .build()) {
      ops.start();
      Thread.currentThread().join();
    }
  }

  static Task night() {
    return Task.named("night-stop")
        .action("Ec2StopInstances")
        .where("env=dev & !keep")
        .on(Schedule.cron("0 20 ? * mon-fri", "Europe/Berlin"))
        .build();
  }

  // docs: end

  // docs: listen
  static AuditSink pager() {
    return AuditSink.on(
        AuditEvent.RunEnded.class,
        run -> System.err.println(run.of().task().value() + " ended " + run.state()));
  }
  // docs: end
}
