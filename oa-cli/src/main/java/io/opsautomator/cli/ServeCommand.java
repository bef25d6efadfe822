package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.ecs.Health;
import io.opsautomator.ecs.ListenAddress;
import io.opsautomator.ecs.ProbeServer;
import io.opsautomator.ecs.StopSignals;
import io.opsautomator.ecs.WorkerMetrics;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Runs tasks when they are due, until it is told to stop: a service on one machine.",
      "With files it does what they say, and follows edits; without, it does what is stored.",
      "Before it acts on a real account it shows what it would do, and asks."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private final Surroundings world;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Task files.")
  private List<Path> files = List.of();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8080",
      description =
          "Where /health/live, /health/ready and /metrics are answered; default: ${DEFAULT-VALUE}.")
  private String listen = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Required without a terminal.")
  private boolean yes;

  @Mixin private AwsOptions options = new AwsOptions();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private SafeguardsOption safeguards = new SafeguardsOption();

  ServeCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ListenAddress address = address();
    Consent consent = new Consent(world, options, yes);
    Optional<WatchedFiles> watched =
        files.isEmpty() ? Optional.empty() : Optional.of(new WatchedFiles(files));
    List<Task> tasks = watched.map(this::read).orElse(List.of());
    Safeguards bounds = safeguards.inForce(world);
    consent.requirePossible();
    Progress progress = new Progress(world);
    Thread self = Thread.currentThread();
    AtomicBoolean serving = new AtomicBoolean();
    try (StopSignals signals = StopSignals.listening(() -> stop(self, serving.get()));
        AwsConnection connection = options.aws(world).connect();
        WorkerMetrics metrics = new WorkerMetrics()) {
      connection.whoAmI();
      connection.listenedToBy(metrics);
      Session.Given given = new Session.Given(connection, bounds, List.of(metrics));
      try (Session session = new Session(world, store, given, progress)) {
        OpsAutomator engine = session.engine();
        consent.ask(connection, engine, watched.isEmpty() ? engine.tasks() : tasks);
        metrics.watch(engine::vitals, session.store(), world.clock(), Version.number());
        serving.set(true);
        try (ProbeServer probes = probes(address, engine, metrics)) {
          progress.note("Answering probes at http://" + probes.address() + ".");
          serve(engine, progress, watched, tasks);
        }
      }
    }
    return Failure.OK;
  }

  /** Before it serves, it may be waiting for a person's answer, from which nothing wakes it. */
  private static void stop(Thread serving, boolean hasBegun) {
    if (hasBegun) {
      serving.interrupt();
    } else {
      System.exit(Failure.FAILED);
    }
  }

  private ListenAddress address() {
    try {
      return ListenAddress.parse(listen);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.BAD_INPUT, "--listen: " + e.getMessage(), e);
    }
  }

  private List<Task> read(WatchedFiles watched) {
    return watched
        .read(new TaskSource(world, Catalog.offline()), world)
        .orElseThrow(() -> Failure.badInput("nothing is served before that is put right"));
  }

  private ProbeServer probes(ListenAddress address, OpsAutomator engine, WorkerMetrics metrics)
      throws IOException {
    return ProbeServer.listeningAt(
        address, new Health(engine::vitals, world.clock()), metrics::openMetrics);
  }

  /** Returns when a signal asks for it, or the thread is interrupted. */
  private void serve(
      OpsAutomator engine, Progress progress, Optional<WatchedFiles> watched, List<Task> tasks)
      throws IOException {
    try {
      if (watched.isPresent()) {
        new Watch(world, engine, progress, watched.get()).follow(tasks);
      } else {
        engine.start();
        int stored = engine.tasks().size();
        progress.note("Serving " + TaskSource.counted(stored, "stored task") + "; Ctrl-C ends it.");
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException asked) {
      LOG.debug("Asked to stop", asked);
    }
    progress.note(
        "Stopping; unfinished work is kept in " + store.folder() + ". Ctrl-C again ends at once.");
  }
}
