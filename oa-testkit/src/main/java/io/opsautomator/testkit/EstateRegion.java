package io.opsautomator.testkit;

import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.internal.Arrangement;
import io.opsautomator.testkit.internal.Gateway;
import io.opsautomator.testkit.internal.SimulatedInstance.Habits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts things into one account and region, without calls. Ids are the caller's own and begin as the
 * service's do: {@code i-}, {@code vol-}, {@code snap-}, {@code ami-}; one that is taken, or that
 * is named and does not exist, throws IllegalArgumentException. Thread-safe.
 */
public final class EstateRegion {
  private final Gateway gateway;
  private final Scope scope;

  EstateRegion(Gateway gateway, Scope scope) {
    this.gateway = gateway;
    this.scope = scope;
  }

  public Scope scope() {
    return scope;
  }

  /**
   * A running instance with a root volume {@code /dev/xvda} of 8 GiB, whose id is that of the
   * instance with {@code vol-} in front: {@code vol-1} for {@code i-1}.
   *
   * @return the id
   */
  public String instance(String id, String type, Map<String, String> tags) {
    return arrange(id, it -> it.instance(id, type, tags));
  }

  /** The same, stopped. */
  public String stoppedInstance(String id, String type, Map<String, String> tags) {
    instance(id, type, tags);
    return arrange(id, it -> it.state(id, "stopped"));
  }

  /** A volume that is not attached; returns the id. */
  public String volume(String id, int gibibytes, Map<String, String> tags) {
    return arrange(id, it -> it.volume(id, gibibytes, tags));
  }

  /** Attaches a volume as a device such as {@code /dev/sdg}. */
  public void attach(String volumeId, String instanceId, String device) {
    arrange(volumeId, it -> it.attach(volumeId, instanceId, device));
  }

  /** A completed snapshot of one's own, of a volume that need not exist; returns the id. */
  public String snapshot(String id, String volumeId, Instant start, Map<String, String> tags) {
    return arrange(id, it -> it.snapshot(id, volumeId, start, tags));
  }

  /** Lets these accounts make volumes of a snapshot, and no others. */
  public void share(String snapshotId, Set<String> accounts) {
    arrange(snapshotId, it -> it.share(snapshotId, accounts));
  }

  /** An image of one's own that uses these snapshots; returns the id. */
  public String image(String id, List<String> snapshots) {
    return arrange(id, it -> it.image(id, snapshots));
  }

  /** Replaces the tags that this account has on something. */
  public void tags(String id, Map<String, String> tags) {
    arrange(id, it -> it.tags(id, tags));
  }

  /** A plain text in the parameter store. */
  public void parameter(String name, String value) {
    arrange(name, it -> it.parameter(name, value));
  }

  /** From now on the instance may be hibernated. */
  public void hibernates(String instanceId) {
    arrange(
        instanceId,
        it ->
            it.habits(
                instanceId, old -> new Habits(true, old.stopFallsBack(), old.startFallsBack())));
  }

  /**
   * From now on the instance accepts a stop, is stopping for the usual time, and then runs again.
   *
   * @param reason a code, a colon and a text, such as {@code Server.InternalError: it hangs}
   */
  public void stopFallsBack(String instanceId, String reason) {
    arrange(
        instanceId,
        it ->
            it.habits(
                instanceId, old -> new Habits(old.hibernates(), reason, old.startFallsBack())));
  }

  /** From now on the instance accepts a start, is pending for the usual time, and then stopped. */
  public void startFallsBack(String instanceId, String reason) {
    arrange(
        instanceId,
        it ->
            it.habits(
                instanceId, old -> new Habits(old.hibernates(), old.stopFallsBack(), reason)));
  }

  private String arrange(String id, Consumer<Arrangement> arranging) {
    gateway.arrange(scope, arranging);
    return id;
  }
}
