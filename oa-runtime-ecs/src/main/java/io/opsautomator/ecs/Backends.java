package io.opsautomator.ecs;

import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.deployment.Deployment;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Store;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A deployment's table and queues, for a process that fetches its messages itself. */
record Backends(Deployment deployment, AwsConnection connection) {

  /** Asks nothing of the table yet. */
  Store store() {
    DynamoDbStore.Builder store =
        DynamoDbStore.over(connection.infrastructure(DynamoDbClient.class), deployment.table());
    deployment
        .payloads()
        .ifPresent(
            bucket -> store.payloads(() -> connection.infrastructure(S3Client.class), bucket));
    return store.open();
  }

  /** A new one, to be closed by the engine that gets it. */
  WorkQueue queue() {
    Deployment.Queues urls = deployment.queues();
    return SqsWorkQueue.of(
        connection.infrastructure(SqsClient.class),
        new SqsQueues(urls.work(), urls.checks(), urls.deadLetters()),
        workers(),
        SqsWorkQueue.Terms.of(deployment.bounds().workers()),
        InstantSource.system());
  }

  /** As many threads as messages are received for; they end when there are none. */
  private static Executor workers() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "oa-worker-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
