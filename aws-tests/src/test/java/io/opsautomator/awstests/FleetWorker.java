package io.opsautomator.awstests;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One of the processes that share the work: an engine over DynamoDB and SQS that works until its
 * input is closed. Says on its output which executions it has ended.
 */
final class FleetWorker {
  static final int LIMIT = 7;
  static final String TASK = "visits";

  /** The shortest, so that what a killed process leaves is taken over soon. */
  static final Duration LEASE = Duration.ofSeconds(10);

  private static final int PAGE = 100;
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final Set<Scope.Region> REGIONS =
      Set.of(
          HOME.region(),
          new Scope.Region("eu-north-1"),
          new Scope.Region("eu-central-1"),
          new Scope.Region("us-east-1"));

  private FleetWorker() {}

  /** Where everything is, as the arguments of a process say it. */
  record Place(
      URI dynamo, URI sqs, String table, String witness, String queues, int visitors, String name) {
    static Place of(String[] args) {
      return new Place(
          URI.create(args[0]),
          URI.create(args[1]),
          args[2],
          args[3],
          args[4],
          Integer.parseInt(args[5]),
          args[6]);
    }

    List<String> args(String process) {
      return List.of(
          dynamo.toString(), sqs.toString(), table, witness, queues, "" + visitors, process);
    }

    Place as(String process) {
      return new Place(dynamo, sqs, table, witness, queues, visitors, process);
    }
  }

  /** Somebody who comes in and leaves again. */
  record Visitor(int number) {
    static final ResourceType<Visitor> TYPE =
        new ResourceType<>("hall", "Visitors", Visitor.class, true);
  }

  record Params() {}

  private record Visit(Witness witness) implements Action<Params> {
    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Visit", new Params())
          .titled("Visit", "Enters and leaves")
          .version("1.0", "6a5b8f5e-0f4e-4f3c-8f53-0ad7d4f6c301")
          .selects(Visitor.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), LIMIT)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      String who = context.unit().resources().get(0).id();
      context.effects().idempotent("enter", () -> witness.enters(who));
      context.effects().idempotent("leave", () -> witness.leaves(who));
      return Outcome.of("visited", Evidence.confirmed("left"));
    }
  }

  private record Visitors(int each) implements ResourceSelector<Visitor> {
    @Override
    public ResourceType<Visitor> type() {
      return Visitor.TYPE;
    }

    @Override
    public Listing<Visitor> list(Invocation caller, Query query, Optional<String> token) {
      int from = token.map(Integer::parseInt).orElse(0);
      int to = Math.min(each, from + PAGE);
      Scope scope = caller.scope();
      List<Resource<Visitor>> page =
          IntStream.range(from, to).mapToObj(number -> visitor(scope, number)).toList();
      return new Listing<>(page, to < each ? Optional.of("" + to) : Optional.empty());
    }

    private static Resource<Visitor> visitor(Scope scope, int number) {
      String id = scope.region().value() + "/" + number;
      return new Resource<>(Visitor.TYPE, id, scope, Map.of("visits", "yes"), new Visitor(number));
    }
  }

  static Store store(DynamoDbClient dynamo, Place place) {
    return DynamoDbStore.over(dynamo, place.table()).open();
  }

  static OpsAutomator engine(
      Place place, Store store, DynamoDbClient dynamo, SqsClient sqs, ExecutorService workers) {
    SqsWorkQueue.Terms terms =
        new SqsWorkQueue.Terms(12, Duration.ofSeconds(10), Duration.ofSeconds(1));
    // docs: queue
    SqsQueues queues = SqsQueues.create(sqs, place.queues());
    SqsWorkQueue queue = SqsWorkQueue.of(sqs, queues, workers, terms, Clock.systemUTC());
    OpsAutomator.Builder builder = OpsAutomator.builder().store(store).queue(queue).lease(LEASE);
    // docs: end
    return builder
        .withoutDiscovery()
        .territory(Territory.of(HOME, REGIONS))
        .selector(new Visitors(place.visitors() / REGIONS.size()))
        .action(new Visit(new Witness(dynamo, place.witness(), LIMIT)))
        .audit(FleetWorker::tell)
        .worker(place.name())
        .build();
  }

  private static void tell(AuditEvent event) {
    if (event instanceof AuditEvent.Moved moved && moved.to().ended()) {
      say("ended " + moved.of().execution().map(ExecutionId::value).orElse("") + " " + moved.to());
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  static Set<String> everybody(int visitors) {
    return REGIONS.stream()
        .flatMap(
            region ->
                IntStream.range(0, visitors / REGIONS.size())
                    .mapToObj(n -> Visitors.visitor(new Scope(HOME.account(), region), n).id()))
        .collect(Collectors.toSet());
  }

  public static void main(String[] args) throws IOException {
    Place place = Place.of(args);
    ExecutorService workers = Executors.newCachedThreadPool();
    try (DynamoDbClient dynamo = LocalDynamoDb.client(place.dynamo(), builder -> {});
        SqsClient sqs = LocalSqs.client(place.sqs());
        Store store = store(dynamo, place);
        OpsAutomator engine = engine(place, store, dynamo, sqs, workers)) {
      engine.work();
      say("up");
      if (System.in.read() >= 0) {
        throw new IOException("nothing but the end of the input is expected");
      }
    } finally {
      workers.shutdown();
    }
    say("left");
  }
}
