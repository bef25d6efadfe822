package io.opsautomator.aws;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.aws.budget.ApiBudgets;
import io.opsautomator.aws.budget.BudgetStore;
import io.opsautomator.aws.budget.BudgetedCall;
import io.opsautomator.aws.budget.CallBudget;
import io.opsautomator.aws.budget.InFlightQuotas;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.text.ParameterStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * What {@link Aws} describes, connected. Asks AWS nothing before it is asked itself, and what it
 * learnt about its own identity it remembers. Thread-safe. Closing it stops its one thread; clients
 * fail from then on.
 */
public final class AwsConnection implements OpsAutomator.Plugin, AutoCloseable {
  private static final int SERVICES = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SdkClientSource source;
  private final AwsClients clients;
  private final Recent<Class<? extends SdkClient>, SdkClient> infrastructure =
      new Recent<>(SERVICES, this::build);
  private volatile ApiBudgets budgets;
  private volatile CallBudget budget;
  private final List<CallListener> listeners = new CopyOnWriteArrayList<>();

  AwsConnection(Roles roles, Aws.Wire wire, Aws.Manners manners) {
    source = new SdkClientSource(roles, wire);
    listeners.add(manners.listener());
    budgets =
        manners
            .budgets()
            .orElseGet(
                () -> wire.endpoint().isPresent() ? ApiBudgets.off() : ApiBudgets.defaults());
    budget = budgets.open();
    clients = new GuardedClients(source).listenedToBy(this::tell).budgetedBy(new Current());
  }

  private SdkClient build(Class<? extends SdkClient> type) {
    return source.sessions().infrastructure(type);
  }

  private void tell(AwsCall call) {
    listeners.forEach(listener -> listener.called(call));
  }

  /** Tells of every call from now on, besides whoever is told already. */
  public void listenedToBy(CallListener listener) {
    listeners.add(listener);
  }

  /** The budgets that were asked for, or those that are right for where it calls. */
  ApiBudgets budgets() {
    return budgets;
  }

  /**
   * Shares the budgets with all workers that use this store, such as one over a client of {@link
   * #infrastructure}, which is why it is said of a connection that is there. From now on: what was
   * learnt before is forgotten. Where budgets are off they stay so.
   *
   * @param worker which none of them shares
   */
  public void shareBudgets(BudgetStore store, String worker) {
    budgets = budgets.sharedBy(store, worker);
    budget = budgets.open();
  }

  /** Quotas of what may be open at once, in the store that budgets are shared by. */
  public InFlightQuotas quotas() {
    return budgets.inFlight();
  }

  /** The budget that is in force when a call is made. */
  private final class Current implements CallBudget {
    @Override
    public Duration admit(BudgetedCall call, Deadline deadline) {
      return budget.admit(call, deadline);
    }

    @Override
    public void answered(BudgetedCall call, boolean throttled) {
      budget.answered(call, throttled);
    }
  }

  public AwsClients clients() {
    return clients;
  }

  /**
   * As whom this process calls, before it assumes any role.
   *
   * @throws io.opsautomator.action.ActionException saying what is missing
   */
  public CallerIdentity whoAmI() {
    return source.sessions().whoAmI();
  }

  /** One's own account, and the region that was named or found. */
  public Scope home() {
    return source.sessions().home();
  }

  /**
   * A client of one's own account and region, under the credentials of this process: for an
   * engine's own table, queues and bucket, never for what actions work on. Neither guarded nor
   * listened to, and it retries by itself: nothing is sent through it that must not be sent twice.
   * The same one each time; shares the connection's HTTP client and is closed with it.
   *
   * @param type such as {@code DynamoDbClient}
   */
  public <C extends SdkClient> C infrastructure(Class<C> type) {
    return type.cast(infrastructure.get(type));
  }

  /** A caller who may look for a minute but change nothing, for tools outside of any execution. */
  public Invocation reader(Scope scope) {
    InstantSource clock = InstantSource.system();
    return new Reader(scope, new Deadline(clock.instant().plus(PATIENCE), clock));
  }

  /** The regions that are switched on in an account: what {@code *} means there. One call. */
  public Set<Scope.Region> enabledRegions(Scope.AccountId account) {
    Invocation caller = reader(new Scope(account, home().region()));
    return clients.client(Ec2Client.class, caller).describeRegions().regions().stream()
        .map(region -> new Scope.Region(region.regionName()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Parameters of one's own account and region. Those of type SecureString count as not there: what
   * a template is filled with ends in tags, names and logs.
   */
  public ParameterStore parameters() {
    return new SsmParameters(clients, () -> reader(home()));
  }

  /** One's own account and region, and the regions that are switched on in each account. */
  public Territory territory() {
    return new Territory() {
      @Override
      public Scope home() {
        return AwsConnection.this.home();
      }

      @Override
      public Set<Scope.Region> regions(Scope.AccountId account) {
        return enabledRegions(account);
      }
    };
  }

  /** Brings clients, quotas, selectors, parameters and territory; stays the caller's to close. */
  @Override
  public void install(OpsAutomator.Builder builder) {
    builder.provide(AwsClients.class, clients);
    builder.provide(InFlightQuotas.class, quotas());
    builder.provide(ParameterStore.class, parameters());
    builder.territory(territory());
    Ec2Selectors.of(clients).forEach(builder::selector);
  }

  @Override
  public void close() {
    source.close();
  }

  private record Reader(Scope scope, Deadline deadline) implements Invocation {
    @Override
    public boolean mayMutate() {
      return false;
    }

    @Override
    public Invocation in(Scope elsewhere) {
      return new Reader(elsewhere, deadline);
    }
  }
}
