package io.opsautomator.sqlite.kill;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Effects;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.ClientSource;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.aws.GuardedClients;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.testkit.Estate;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What is to be killed: an engine in real time, on a durable store and a simulated estate with its
 * ledger in a file. Each start triggers one more run. It says on its output what it does; when all
 * runs have ended it says so, and leaves in good order once its input is closed.
 */
final class KilledEngine {
  static final int INSTANCES = 8;
  static final int LIMIT = 5;
  static final String TASK = "chores";

  private final Estate estate;
  private final Optional<Pause> pause;
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  private KilledEngine(Estate estate, Optional<Pause> pause) {
    this.estate = estate;
    this.pause = pause;
  }

  static Path ledger(Path folder) {
    return folder.resolve("estate.jsonl");
  }

  static Path store(Path folder) {
    return folder.resolve("store");
  }

  /**
   * @param args the folder; which start this is, or {@code last}; optionally a {@link Pause}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    Optional<Pause> pause = Stream.of(args).skip(2).findFirst().map(Pause::parse);
    try (Estate estate = Estate.open(ledger(folder), InstantSource.system(), 1)) {
      KilledEngine engine = new KilledEngine(estate, pause);
      try (Store store = SqliteStore.open(store(folder))) {
        engine.run(store, args[1]);
      }
    }
  }

  private void run(Store store, String start) throws IOException, InterruptedException {
    AwsClients clients = new GuardedClients(source());
    OpsAutomator.Builder builder =
        OpsAutomator.builder()
            .store(Seams.of(store, this::stand))
            .territory(Territory.of(Estate.HOME, Set.of(Estate.HOME.region())))
            .provide(AwsClients.class, clients)
            .action(new Chores(clients))
            .task(task());
    Ec2Selectors.of(clients).forEach(builder::selector);
    try (OpsAutomator engine = builder.build()) {
      engine.work();
      say("up");
      if (!start.equals("last")) {
        say("run " + engine.run(task().name(), start).value());
      }
      for (Run run : engine.history(Optional.empty(), Integer.MAX_VALUE)) {
        engine.await(run.id());
      }
      say("all ended");
      if (System.in.read() >= 0) {
        throw new IOException("nothing but the end of the input is expected");
      }
    }
  }

  static Task task() {
    return Task.named(TASK)
        .action(Chores.NAME)
        .where("Chores=yes")
        .overlap(OverlapPolicy.ALLOW)
        .build();
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  // -- Calls --------------------------------------------------------------------------------------

  private ClientSource source() {
    return new ClientSource() {
      @Override
      public <C extends SdkClient> C unguarded(Class<C> type, Scope scope) {
        C client = estate.unguarded(type, scope);
        return type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> call(client, method, given)));
      }
    };
  }

  private @Nullable Object call(SdkClient client, Method method, Object @Nullable [] given)
      throws Throwable {
    List<Tag> tags = given == null ? List.of() : tags(given[0]);
    if (tags.isEmpty()) {
      return invoke(client, method, given);
    }
    String point = Pause.effect(Effects.Kind.valueOf(tag(tags, "Kind")));
    int nth = calls.merge(point, 1, Integer::sum);
    stand(new Pause(point, nth, Pause.When.BEFORE), tag(tags, "Execution"));
    @Nullable Object answer = invoke(client, method, given);
    stand(new Pause(point, nth, Pause.When.AFTER), tag(tags, "Execution"));
    return answer;
  }

  /** Of a write of the store: whatever the number, the first of several at once is as good. */
  private void stand(String point, Pause.When when) throws InterruptedException {
    stand(new Pause(point, calls.merge(point + "/" + when, 1, Integer::sum), when), "store");
  }

  private void stand(Pause here, String execution) throws InterruptedException {
    boolean still = pause.filter(here::equals).isPresent();
    say((still ? "paused " : "call ") + here + " " + execution);
    if (still) {
      new CountDownLatch(1).await();
    }
  }

  private static List<Tag> tags(Object request) {
    if (request instanceof CreateTagsRequest create) {
      return create.tags();
    }
    return request instanceof CreateVolumeRequest create
        ? create.tagSpecifications().get(0).tags()
        : List.of();
  }

  private static String tag(List<Tag> tags, String key) {
    return tags.stream().filter(tag -> tag.key().equals(key)).findFirst().orElseThrow().value();
  }

  private static @Nullable Object invoke(SdkClient client, Method method, Object @Nullable [] given)
      throws Throwable {
    try {
      return method.invoke(client, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }
}
