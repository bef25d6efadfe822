package io.opsautomator.ecs;

import io.opsautomator.OpsAutomator;
import io.opsautomator.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine as a service: it schedules and works, answers probes, and at a signal hands back what
 * it has in hand and ends. Any number may share a store and a queue.
 *
 * <p>Whoever stops it gives it a time and kills it then: 30 s in ECS unless the task definition
 * says otherwise. So it gives itself a little less, and does not wait for what hangs any longer
 * than that.
 */
public final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final OpsAutomator engine;
  private final Store store;
  private final WorkerMetrics metrics;
  private final Settings settings;

  /**
   * @param stopWithin how long what is in hand may take to come to a boundary after a signal
   * @param version of the program, for the metrics
   */
  public record Settings(ListenAddress listen, Duration stopWithin, String version) {
    /** What ECS leaves of its 30 s when the virtual machine's own end is taken off. */
    public static final Duration STOP_WITHIN = Duration.ofSeconds(25);

    /** Throws IllegalArgumentException if the time is negative. */
    public Settings {
      if (stopWithin.isNegative()) {
        throw new IllegalArgumentException("stopWithin is " + stopWithin + ", not zero or more");
      }
    }
  }

  /**
   * @param engine neither started nor closed yet; is closed by {@link #run}
   * @param store its store, which stays open
   * @param metrics what the engine was given as an audit sink
   */
  public Service(OpsAutomator engine, Store store, WorkerMetrics metrics, Settings settings) {
    this.engine = engine;
    this.store = store;
    this.metrics = metrics;
    this.settings = settings;
  }

  /**
   * Serves until a signal comes, or the thread is interrupted. To be called once.
   *
   * @return {@link ExitStatus#DONE} or {@link ExitStatus#CUT_SHORT}; with the latter, threads of
   *     the engine are still at work
   * @throws IOException if nobody can listen at the address
   */
  public ExitStatus run() throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    metrics.watch(engine::vitals, store, clock, settings.version());
    try (StopSignals signals = StopSignals.listening(() -> LOG.info("Asked to stop"));
        ProbeServer probes =
            ProbeServer.listeningAt(
                settings.listen(), new Health(engine::vitals, clock), metrics::openMetrics)) {
      engine.start();
      LOG.info("Serving; probes are answered at http://{}", probes.address());
      untilAsked(signals);
      return stopped();
    }
  }

  private static void untilAsked(StopSignals signals) {
    try {
      signals.await();
    } catch (InterruptedException asked) {
      LOG.info("Interrupted, which asks to stop as well");
    }
  }

  private ExitStatus stopped() throws InterruptedException {
    if (Stopping.within(settings.stopWithin(), engine::close)) {
      LOG.info("Stopped; what was in hand has been handed back");
      return ExitStatus.DONE;
    }
    LOG.warn(
        "{} messages were still in hand after {} s; they are taken over when their leases are over",
        engine.vitals().inHand(),
        settings.stopWithin().toSeconds());
    return ExitStatus.CUT_SHORT;
  }
}
