package io.opsautomator.testkit;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.ClientSource;
import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.internal.Caller;
import io.opsautomator.testkit.internal.EstateEc2;
import io.opsautomator.testkit.internal.EstateSsm;
import io.opsautomator.testkit.internal.EstateSts;
import io.opsautomator.testkit.internal.Gateway;
import io.opsautomator.testkit.internal.KnownCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A simulated AWS behind the SDK's own client interfaces: many accounts and regions, with
 * instances, volumes, snapshots and their tags and permissions.
 *
 * <p>It answers as EC2 does, in the SDK's types and exceptions, with the service's error codes,
 * pages, filters, dry runs and client tokens. States change by themselves as time passes on the
 * given clock. It has no timers: what is pending is worked out from the clock whenever somebody
 * looks, so the clock may be virtual or real. Everything it makes up, such as ids, follows from the
 * seed and the order of calls.
 *
 * <p>Every call is in the ledger ({@link #calls}). With {@link #persistTo} it is in a file as well
 * before it answers, and {@link #open} builds the estate again from that file, also after the
 * process was killed.
 *
 * <p>Known: EC2 (instances, volumes, snapshots, tags, regions, images), STS GetCallerIdentity, SSM
 * GetParameters; other operations throw UnsupportedOperationException. Thread-safe.
 */
public final class Estate implements ClientSource, OpsAutomator.Plugin, AutoCloseable {
  /** Where the short forms put things. */
  public static final Scope HOME = Scope.of("111122223333", "eu-west-1");

  private final Gateway gateway;

  private Estate(Gateway gateway) {
    this.gateway = gateway;
  }

  public static Estate at(InstantSource clock) {
    return seeded(clock, 1);
  }

  /** The same seed and the same calls give the same ids and the same random faults. */
  public static Estate seeded(InstantSource clock, long seed) {
    return new Estate(new Gateway(clock, seed));
  }

  /**
   * The estate that wrote this ledger, as it was after the last call that is whole in it, and goes
   * on writing there. Faults and durations are as in a new estate.
   *
   * @param file as given to {@link #persistTo}; IllegalArgumentException names a line that is none
   */
  public static Estate open(Path file, InstantSource clock, long seed) {
    Estate estate = seeded(clock, seed);
    estate.gateway.restoreFrom(file);
    return estate;
  }

  /** From now on every call is in this file before it answers. The file must not exist yet. */
  public void persistTo(Path file) {
    gateway.persistTo(file);
  }

  public EstateRegion in(Scope scope) {
    return new EstateRegion(gateway, scope);
  }

  /** {@code region} such as {@code eu-west-1}. */
  public EstateRegion in(String account, String region) {
    return in(Scope.of(account, region));
  }

  /** A running instance in {@link #HOME}: see {@link EstateRegion#instance}. */
  public String instance(String id, String type, Map<String, String> tags) {
    return in(HOME).instance(id, type, tags);
  }

  /** About 2,000 resources of three accounts in four regions, for a demonstration. */
  public void populate(long seed) {
    Population.usual(seed).into(this);
  }

  Instant now() {
    return gateway.now();
  }

  /** The accounts and regions in which there is, or was, anything. */
  public List<Scope> scopes() {
    return gateway.scopes();
  }

  /** What is to go wrong. */
  public Faults faults() {
    return new Faults(gateway, Optional.empty(), "");
  }

  /** The next call of this operation is refused with this code. */
  public void refuseNext(String operation, String code) {
    faults().refuseNext(operation, code);
  }

  /** 20 seconds if not told otherwise. */
  public Estate startingTakes(Duration time) {
    gateway.pace(pace -> pace.starting(time));
    return this;
  }

  /** 30 seconds if not told otherwise. */
  public Estate stoppingTakes(Duration time) {
    gateway.pace(pace -> pace.stopping(time));
    return this;
  }

  /** 30 seconds and 2 for each GiB if not told otherwise. */
  public Estate snapshotsTake(Duration time, Duration perGibibyte) {
    gateway.pace(pace -> pace.snapshots(time, perGibibyte));
    return this;
  }

  /** What is set going from now on never arrives. */
  public Estate nothingArrives() {
    Duration never = Duration.ofDays(36_500);
    return startingTakes(never).stoppingTakes(never).snapshotsTake(never, Duration.ZERO);
  }

  /** What calls create from now on is shown by descriptions only after this time. */
  public Estate descriptionsLag(Duration behind) {
    gateway.pace(pace -> pace.lagging(behind));
    return this;
  }

  @Override
  public <C extends SdkClient> C unguarded(Class<C> type, Scope scope) {
    return client(type, scope, () -> false);
  }

  <C extends SdkClient> C client(Class<C> type, Scope scope, BooleanSupplier insideEffect) {
    Caller caller = new Caller(scope, insideEffect);
    if (type == Ec2Client.class) {
      return known(type, new EstateEc2(gateway, caller));
    }
    if (type == StsClient.class) {
      return known(type, new EstateSts(gateway, caller));
    }
    if (type == SsmClient.class) {
      return known(type, new EstateSsm(gateway, caller));
    }
    throw new IllegalArgumentException(
        "the estate has no " + type.getName() + ", only Ec2Client, StsClient and SsmClient");
  }

  private static <C extends SdkClient> C known(Class<C> type, SdkClient client) {
    return KnownCalls.in(type, type.cast(client));
  }

  /** An unguarded client in {@link #HOME}, for looking at and stirring up the estate. */
  public Ec2Client ec2() {
    return unguarded(Ec2Client.class, HOME);
  }

  /** Guarded, as actions get them. */
  public AwsClients clients() {
    return new EstateClients(this);
  }

  /**
   * Brings to an engine what AWS would: guarded clients, selectors, parameters of {@link #HOME},
   * and as territory the regions in which an account has anything.
   */
  @Override
  public void install(OpsAutomator.Builder builder) {
    new EstatePlugin(this).install(builder);
  }

  /** All calls so far, oldest first; what was set up is not among them. */
  public List<Call> calls() {
    return gateway.calls().stream().map(Call::of).toList();
  }

  /**
   * All there is, in canonical order: equal pictures are equal worlds. Made-up ids appear as what
   * they stand for, and times are left out.
   */
  public String picture() {
    return gateway.picture();
  }

  /** Closes the ledger's file, if there is one. */
  @Override
  public void close() {
    gateway.close();
  }
}
