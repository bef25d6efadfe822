package io.opsautomator.ecs;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.aws.Aws;
import io.opsautomator.aws.CallMeter;
import io.opsautomator.aws.deployment.Assembly;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of a worker's container: reads the environment, works until it is told to stop, and
 * ends with an {@link ExitStatus}. With {@code --once EXECUTION}, or {@code OA_ONCE}, it works on
 * that one and ends with it.
 */
public final class WorkerMain {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);

  private WorkerMain() {}

  public static void main(String[] arguments) {
    JsonLog.setUp();
    end(ended(arguments));
  }

  private static void end(ExitStatus status) {
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status.code());
  }

  private static ExitStatus ended(String[] arguments) {
    try {
      return run(WorkerSettings.of(System.getenv(), arguments));
    } catch (WorkerSettings.Invalid e) {
      LOG.error("{}", e.getMessage());
      return ExitStatus.BAD_SETTINGS;
    } catch (InterruptedException | IOException | RuntimeException e) {
      LOG.error("The worker could not begin, or not go on", e);
      return ExitStatus.FAILED;
    }
  }

  private static ExitStatus run(WorkerSettings settings) throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    PrintStream out = System.out; // Stays open.
    AuditSink audit = JsonLinesSink.to(out);
    try (Assembly parts = Assembly.open(settings.deployment(), Aws.defaults(), out);
        WorkerMetrics metrics = new WorkerMetrics();
        CallMeter calls = new CallMeter(clock, audit)) {
      parts.connection().listenedToBy(metrics);
      parts.connection().listenedToBy(calls);
      WorkQueue shared = FetchedQueue.of(parts);
      OpsAutomator.Builder builder = OpsAutomator.builder().install(parts).audit(metrics);
      Optional<ExecutionId> once = settings.once();
      if (once.isEmpty()) {
        return serve(builder.queue(shared).build(), parts.store(), metrics, settings);
      }
      SingleQueue queue = new SingleQueue(once.get(), shared, clock);
      return new OneExecution(once.get(), parts.store(), queue)
          .work(builder.queue(queue).build(), settings.stopWithin());
    }
  }

  private static ExitStatus serve(
      OpsAutomator engine, Store store, WorkerMetrics metrics, WorkerSettings settings)
      throws IOException, InterruptedException {
    String version =
        Optional.ofNullable(WorkerMain.class.getPackage().getImplementationVersion())
            .orElse("unknown");
    Service.Settings told = new Service.Settings(settings.listen(), settings.stopWithin(), version);
    ExitStatus status = new Service(engine, store, metrics, told).run();
    if (status == ExitStatus.CUT_SHORT) {
      end(status); // With all clients open: a call must not fail of their being closed under it.
    }
    return status;
  }
}
