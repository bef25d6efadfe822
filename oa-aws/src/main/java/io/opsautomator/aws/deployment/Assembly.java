package io.opsautomator.aws.deployment;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.aws.Aws;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.aws.budget.BudgetStore;
import io.opsautomator.aws.budget.InFlightQuotas;
import io.opsautomator.aws.dynamodb.DynamoDbBudgetStore;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.notify.JsonLinesNotifier;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Store;
import io.opsautomator.text.ParameterStore;
import java.io.OutputStream;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The parts that a {@link Deployment} describes, put into a builder by {@link
 * OpsAutomator.Builder#install}: store, clients, selectors, where to work, tasks and safeguards
 * from files, and audit and notifications as lines of JSON on a stream. All but the queue, which is
 * the host's: a worker that runs for long fetches messages, a function is handed them. Asks AWS
 * nothing before the engine does. Thread-safe; closing it closes connection and store, after the
 * engine.
 */
public final class Assembly implements OpsAutomator.Plugin, AutoCloseable {
  private final Deployment deployment;
  private final AwsConnection connection;
  private final Store store;
  private final OutputStream out;

  private Assembly(Deployment deployment, AwsConnection connection, Store store, OutputStream out) {
    this.deployment = deployment;
    this.connection = connection;
    this.store = store;
    this.out = out;
  }

  /**
   * Over a store and a connection that exist; both are closed with it.
   *
   * @param out where audit and notifications go, such as the standard output, which CloudWatch Logs
   *     collects; stays open
   */
  static Assembly of(
      Deployment deployment, AwsConnection connection, Store store, OutputStream out) {
    return new Assembly(deployment, connection, store, out);
  }

  /**
   * The deployment's own table and bucket, with the credentials of this process.
   *
   * @param base how AWS is reached besides; {@code Aws.defaults()} but for tests
   * @param out as in {@link #of}
   */
  public static Assembly open(Deployment deployment, Aws base, OutputStream out) {
    AwsConnection connection = aws(deployment, base).connect();
    return of(deployment, connection, store(deployment, connection), out);
  }

  private static Store store(Deployment deployment, AwsConnection connection) {
    DynamoDbStore.Builder store =
        DynamoDbStore.over(connection.infrastructure(DynamoDbClient.class), deployment.table());
    deployment
        .payloads()
        .ifPresent(
            bucket -> store.payloads(() -> connection.infrastructure(S3Client.class), bucket));
    return store.open();
  }

  /**
   * Roles, external id, sessions and region as the deployment names them, onto a way to reach AWS.
   */
  static Aws aws(Deployment deployment, Aws base) {
    Deployment.Access access = deployment.access();
    Aws aws = base.sessions(access.sessions());
    aws = access.role().map(aws::role).orElse(aws);
    aws = access.externalId().map(aws::externalId).orElse(aws);
    return access.home().map(Scope.Region::value).map(aws::region).orElse(aws);
  }

  public Deployment deployment() {
    return deployment;
  }

  public AwsConnection connection() {
    return connection;
  }

  public Store store() {
    return store;
  }

  /** The deployment's queues, as those who send to them and receive from them want them. */
  public SqsQueues queues() {
    Deployment.Queues urls = deployment.queues();
    return new SqsQueues(urls.work(), urls.checks(), urls.deadLetters());
  }

  /** For the deployment's queues; closed with the connection. */
  public SqsClient sqs() {
    return connection.infrastructure(SqsClient.class);
  }

  @Override
  public void install(OpsAutomator.Builder builder) {
    connection.shareBudgets(budgets(), worker());
    builder
        .deployment(deployment.name())
        .store(store)
        .history(deployment.bounds().history())
        .workers(deployment.bounds().workers())
        .audit(JsonLinesSink.to(out))
        .notify(JsonLinesNotifier.to(out))
        .provide(AwsClients.class, connection.clients())
        .provide(InFlightQuotas.class, connection.quotas())
        .provide(ParameterStore.class, connection.parameters())
        .territory(territory());
    Ec2Selectors.of(connection.clients()).forEach(builder::selector);
    deployment.files().safeguards().ifPresent(builder::safeguards);
    deployment.files().tasks().forEach(builder::tasks);
  }

  /** In the deployment's table, whatever store there is: all its workers call the same accounts. */
  private BudgetStore budgets() {
    return new DynamoDbBudgetStore(
        connection.infrastructure(DynamoDbClient.class), deployment.table());
  }

  /** Two processes may have the same name, such as two tries on one's own machine. */
  private String worker() {
    String name = deployment.access().sessions().name();
    return name + "#" + UUID.randomUUID().toString().substring(0, 8);
  }

  private Territory territory() {
    Territory own = connection.territory();
    Set<Scope.Region> named = deployment.access().regions();
    return named.isEmpty()
        ? own
        : new Territory() {
          @Override
          public Scope home() {
            return own.home();
          }

          @Override
          public Set<Scope.Region> regions(Scope.AccountId account) {
            return named;
          }
        };
  }

  @Override
  public void close() {
    try (connection) {
      store.close();
    }
  }
}
