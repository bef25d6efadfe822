package io.opsautomator.aws.deployment;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.aws.Aws;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.aws.budget.InFlightQuotas;
import io.opsautomator.notify.JsonLinesNotifier;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Store;
import io.opsautomator.text.ParameterStore;
import java.io.OutputStream;
import java.util.Set;

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
  public static Assembly of(
      Deployment deployment, AwsConnection connection, Store store, OutputStream out) {
    return new Assembly(deployment, connection, store, out);
  }

  /** Roles, external id and region as the deployment names them, onto a way to reach AWS. */
  public static Aws aws(Deployment deployment, Aws base) {
    Deployment.Access access = deployment.access();
    Aws aws = access.role().map(base::role).orElse(base);
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

  @Override
  public void install(OpsAutomator.Builder builder) {
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
