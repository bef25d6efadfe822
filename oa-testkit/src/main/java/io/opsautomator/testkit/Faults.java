package io.opsautomator.testkit;

import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.internal.FaultRules;
import io.opsautomator.testkit.internal.FaultRules.Matching;
import io.opsautomator.testkit.internal.Gateway;
import java.util.Optional;

/**
 * What is to go wrong in an estate. {@link #in} and {@link #on} narrow which calls are meant; the
 * first of the given faults that fits a call decides about it. Operations are named as in the
 * service's API, such as {@code StopInstances}; an empty name means all. Faults are not kept in the
 * ledger. Thread-safe.
 */
public final class Faults {
  private static final int FOR_EVER = -1;
  private final Gateway gateway;
  private final Optional<Scope> scope;
  private final String resource;

  Faults(Gateway gateway, Optional<Scope> scope, String resource) {
    this.gateway = gateway;
    this.scope = scope;
    this.resource = resource;
  }

  /** The same for calls in one account and region only. */
  public Faults in(String account, String region) {
    return new Faults(gateway, Optional.of(Scope.of(account, region)), resource);
  }

  /** The same for calls that name this resource only. */
  public Faults on(String resourceId) {
    return new Faults(gateway, scope, resourceId);
  }

  /** The service says no to the next call: nothing happens. */
  public void refuseNext(String operation, String code) {
    add(operation, code, 1);
  }

  /** The service says no to every call, as with UnauthorizedOperation. */
  public void refuseAlways(String operation, String code) {
    add(operation, code, FOR_EVER);
  }

  /** The service accepts every call, answers as it should, and does nothing of it. */
  public void acceptAndIgnore(String operation) {
    add(operation, FaultRules.IDLE, FOR_EVER);
  }

  /** The next call is answered with a server error (status 500); nothing happens. */
  public void failNext(String operation) {
    add(operation, "InternalError", 1);
  }

  /** The next call does its work, but its caller gets a time-out instead of the answer. */
  public void loseNextAnswer(String operation) {
    add(operation, FaultRules.LOST, 1);
  }

  /** The next calls are answered with RequestLimitExceeded; nothing happens. */
  public void throttleNext(int calls) {
    if (calls < 1) {
      throw new IllegalArgumentException("cannot throttle the next " + calls + " calls");
    }
    add("", FaultRules.THROTTLED, calls);
  }

  /** Every call is answered with RequestLimitExceeded, for ever; nothing happens. */
  public void throttleAlways(String operation) {
    add(operation, FaultRules.THROTTLED, FOR_EVER);
  }

  /** This share of all calls, from 0 to 1, is throttled, everywhere and by the estate's seed. */
  public void throttleShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("not a share between 0 and 1: " + share);
    }
    gateway.spoil(rules -> rules.throttleShare(share));
  }

  /**
   * Each account and region lets in {@code burst} calls at once and {@code perSecond} lastingly.
   */
  public void limitRate(int burst, double perSecond) {
    if (burst < 1 || !(perSecond > 0)) {
      throw new IllegalArgumentException(
          "no call would ever get in with a burst of " + burst + " and " + perSecond + " a second");
    }
    gateway.spoil(rules -> rules.limit(new FaultRules.Rate(burst, perSecond)));
  }

  /** The next snapshot of this volume is accepted, but ends in state {@code error}. */
  public void snapshotFails(String volumeId) {
    gateway.spoil(rules -> rules.snapshotFails(volumeId));
  }

  /** No instance of these types can be started anywhere: InsufficientInstanceCapacity. */
  public void noCapacityFor(String... types) {
    gateway.spoil(
        rules -> {
          for (String type : types) {
            rules.withoutCapacity(type);
          }
        });
  }

  /** These types can be started again. */
  public void capacityFor(String... types) {
    gateway.spoil(
        rules -> {
          for (String type : types) {
            rules.withCapacity(type);
          }
        });
  }

  /** Everything works again. */
  public void clear() {
    gateway.spoil(FaultRules::clear);
  }

  private void add(String operation, String code, int times) {
    Matching matching = new Matching(scope, resource, operation);
    gateway.spoil(rules -> rules.add(matching, code, times));
  }
}
