package io.opsautomator.awstests;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Permission;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.Instance;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.dispatch.KeyedLimiter;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One of the processes that share the work: an engine over DynamoDB and SQS that works on EC2
 * instances until its input is closed. Says on its output which executions it has ended.
 */
final class FleetWorker {
  static final int LIMIT = 7;

  /** What the instances carry that are visited, and those that were. */
  static final String WANTED = "Visit";

  static final String VISITED = "Visited";

  /** The emulator does one thing at a time. */
  private static final KeyedLimiter.Bounds ONE_LISTING = new KeyedLimiter.Bounds(1, 20, 100);

  private FleetWorker() {}

  /** Where everything is, as the arguments of a process say it. */
  record Place(
      URI dynamo, URI sqs, URI ec2, URI witness, String table, String queues, Duration lease) {
    static Place of(String[] args) {
      return new Place(
          URI.create(args[0]),
          URI.create(args[1]),
          URI.create(args[2]),
          URI.create(args[3]),
          args[4],
          args[5],
          Duration.parse(args[6]));
    }

    List<String> args() {
      return List.of(
          dynamo.toString(),
          sqs.toString(),
          ec2.toString(),
          witness.toString(),
          table,
          queues,
          lease.toString());
    }
  }

  record Params() {}

  /** Comes in, writes a tag on its instance, and leaves. */
  private record Visit(AwsClients aws, Witness.Door door) implements Action<Params> {
    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Visit", new Params())
          .titled("Visit", "Enters, says so on the instance, and leaves")
          .version("1.0", "6a5b8f5e-0f4e-4f3c-8f53-0ad7d4f6c301")
          .selects(Instance.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), LIMIT)
          .permissions(Permission.on(Instance.ARN, "ec2:CreateTags"))
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      String who = context.unit().resources().get(0).id();
      Ec2Client ec2 = aws.client(Ec2Client.class, context);
      context.effects().idempotent("enter", () -> door.enters(who));
      Tag visited = Tag.builder().key(VISITED).value("yes").build();
      context
          .effects()
          .idempotent("tag", () -> ec2.createTags(tags -> tags.resources(who).tags(visited)));
      context.effects().idempotent("leave", () -> door.leaves(who));
      return Outcome.of("visited", Evidence.confirmed("left"));
    }
  }

  static Store store(DynamoDbClient dynamo, Place place) {
    return DynamoDbStore.over(dynamo, place.table()).open();
  }

  static OpsAutomator.Builder engine(
      Place place, Store store, SqsClient sqs, AwsConnection aws, ExecutorService workers) {
    SqsWorkQueue.Terms terms =
        new SqsWorkQueue.Terms(12, Duration.ofSeconds(10), Duration.ofSeconds(1));
    Duration lease = place.lease();
    // docs: queue
    SqsQueues queues = SqsQueues.create(sqs, place.queues());
    SqsWorkQueue queue = SqsWorkQueue.of(sqs, queues, workers, terms, Clock.systemUTC());
    OpsAutomator.Builder builder = OpsAutomator.builder().store(store).queue(queue).lease(lease);
    // docs: end
    return builder
        .listing(ONE_LISTING)
        .withoutDiscovery()
        .install(aws)
        .action(new Visit(aws.clients(), new Witness.Door(place.witness())))
        .audit(FleetWorker::tell);
  }

  private static void tell(AuditEvent event) {
    if (event instanceof AuditEvent.Moved moved && moved.to().ended()) {
      say("ended " + moved.of().execution().map(ExecutionId::value).orElse("") + " " + moved.to());
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  public static void main(String[] args) throws IOException {
    Place place = Place.of(args);
    ExecutorService workers = Executors.newCachedThreadPool();
    try (DynamoDbClient dynamo = LocalDynamoDb.client(place.dynamo(), builder -> {});
        SqsClient sqs = LocalSqs.client(place.sqs());
        Store store = store(dynamo, place);
        AwsConnection aws = EmulatedAws.at(place.ec2()).aws().connect();
        OpsAutomator engine = engine(place, store, sqs, aws, workers).worker(args[7]).build()) {
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
