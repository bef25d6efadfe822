package io.opsautomator.aws;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.budget.ApiBudgets;
import io.opsautomator.resource.Scope;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * AWS as an environment: {@code OpsAutomator.builder().install(Aws.defaults().role("Ops"))} brings
 * guarded clients for every account that the role can be assumed in, and selectors of what they
 * hold. Immutable; nothing is asked of AWS before it is needed.
 *
 * <p>Which role: the one a task names; else the one named here for the account; else the one named
 * here for all, which is not used in one's own account: there, the credentials of this process do.
 */
public final class Aws implements OpsAutomator.Plugin {
  private final Roles roles;
  private final Wire wire;
  private final Manners manners;

  private Aws(Roles roles, Wire wire, Manners manners) {
    this.roles = roles;
    this.wire = wire;
    this.manners = manners;
  }

  /**
   * What is done about every call.
   *
   * @param budgets those that were asked for; empty for what is right for where it calls
   */
  record Manners(CallListener listener, Optional<ApiBudgets> budgets) {}

  /**
   * One's own account with the credentials and the region that the SDK finds: environment, profile,
   * container, instance.
   */
  public static Aws defaults() {
    return new Aws(Roles.NONE, Wire.DEFAULT, new Manners(call -> {}, Optional.empty()));
  }

  /**
   * The role to assume in other accounts, by name, with its path if it has one, such as {@code
   * ops/OpsAutomator}.
   */
  public Aws role(String name) {
    return new Aws(roles.withDefault(name), wire, manners);
  }

  /** The role to assume in this account, also if it is one's own. */
  public Aws role(String account, String name) {
    return new Aws(roles.with(new Scope.AccountId(account), name), wire, manners);
  }

  /** What the roles' trust policies ask for, so that nobody else can have us assume them. */
  public Aws externalId(String id) {
    return new Aws(roles.withExternalId(id), wire, manners);
  }

  /** How roles are assumed: under which name, with which tags, and what else there is to say. */
  public Aws sessions(SessionTerms terms) {
    return new Aws(roles.with(terms), wire, manners);
  }

  /** How this role is assumed, such as one that a task names, in whatever account. */
  public Aws sessions(String role, SessionTerms terms) {
    return new Aws(roles.with(role, terms), wire, manners);
  }

  /** Where one's own account is asked about itself, sessions and parameters. */
  public Aws region(String name) {
    return new Aws(roles, wire.withRegion(new Scope.Region(name)), manners);
  }

  /** Instead of those that the SDK finds. */
  public Aws credentials(AwsCredentialsProvider own) {
    return new Aws(roles, wire.withCredentials(own), manners);
  }

  /**
   * Sends every call of every service to this address, such as {@code http://127.0.0.1:5555}: an
   * emulator, for tests.
   */
  public Aws endpoint(URI address) {
    return new Aws(roles, wire.withEndpoint(address), manners);
  }

  /** Instead of the JDK's own; shared by all clients, and closed by whoever made it. */
  public Aws httpClient(SdkHttpClient client) {
    return new Aws(roles, wire.withHttp(client), manners);
  }

  /** By which sessions end. */
  Aws clock(InstantSource clock) {
    return new Aws(roles, wire.withClock(clock), manners);
  }

  /** Tells of every call. */
  public Aws listenedToBy(CallListener heard) {
    return new Aws(roles, wire, new Manners(heard, manners.budgets()));
  }

  /**
   * How many calls a second each account and region may get. Unless it is said here, {@link
   * ApiBudgets#defaults} - and none for an {@link #endpoint}, which nobody else has to live with.
   */
  public Aws budgets(ApiBudgets budgets) {
    return new Aws(roles, wire, new Manners(manners.listener(), Optional.of(budgets)));
  }

  /** For tools that need more than an engine does. Calls nothing yet. */
  public AwsConnection connect() {
    return new AwsConnection(roles, wire, manners);
  }

  @Override
  public void install(OpsAutomator.Builder builder) {
    connect().install(builder);
  }

  /** How one's own account is reached. */
  record Wire(
      Optional<Scope.Region> region,
      Optional<AwsCredentialsProvider> credentials,
      Optional<URI> endpoint,
      Optional<SdkHttpClient> http,
      InstantSource clock) {
    static final Wire DEFAULT =
        new Wire(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            InstantSource.system());

    Wire withRegion(Scope.Region name) {
      return new Wire(Optional.of(name), credentials, endpoint, http, clock);
    }

    Wire withCredentials(AwsCredentialsProvider own) {
      return new Wire(region, Optional.of(own), endpoint, http, clock);
    }

    Wire withEndpoint(URI address) {
      return new Wire(
          region, credentials, Optional.of(EmulatedEndpoint.checked(address)), http, clock);
    }

    Wire withHttp(SdkHttpClient client) {
      return new Wire(region, credentials, endpoint, Optional.of(client), clock);
    }

    Wire withClock(InstantSource clock) {
      return new Wire(region, credentials, endpoint, http, clock);
    }
  }
}
