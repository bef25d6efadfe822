package io.opsautomator.testkit.internal;

import io.opsautomator.testkit.internal.SimulatedInstance.Habits;
import io.opsautomator.testkit.internal.SimulatedInstance.Launch;
import io.opsautomator.testkit.internal.SimulatedInstance.Phase;
import io.opsautomator.testkit.internal.SimulatedVolume.Attachment;
import io.opsautomator.testkit.internal.SimulatedVolume.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What the estate's owner puts there before anybody calls. Ids are given, not made up; a taken or
 * misshapen one is refused with IllegalArgumentException.
 */
public final class Arrangement {
  private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");
  private final Visit visit;

  Arrangement(Visit visit) {
    this.visit = visit;
  }

  static Instant far() {
    return FAR;
  }

  /** Running, with a root volume of 8 GiB that has the instance's id after {@code vol-}. */
  public void instance(String id, String type, Map<String, String> tags) {
    require(id, "i-", SimulatedInstance.class);
    String root = "vol-" + id.substring("i-".length());
    require(root, "vol-", SimulatedVolume.class);
    Launch launch = new Launch(visit.now(), "r-" + id.substring(2), Ec2Regions.BASE_IMAGE, "");
    visit.put(
        new SimulatedInstance(
            id,
            given(),
            type,
            List.of(new Phase(visit.now(), "running", "")),
            launch,
            Map.of(SimulatedInstance.ROOT, root),
            Habits.NONE));
    visit.put(disk(root, 8).attach(new Attachment(id, SimulatedInstance.ROOT, true)));
    visit.tag(id, tags);
  }

  /** Settled in this state. */
  public void state(String id, String state) {
    String reason = state.equals("running") ? "" : SimulatedInstance.USER_STOP;
    change(id, it -> it.going(new Phase(visit.now(), state, reason)));
  }

  public void habits(String id, UnaryOperator<Habits> change) {
    change(id, it -> it.with(change.apply(it.habits())));
  }

  private void change(String id, UnaryOperator<SimulatedInstance> change) {
    visit.put(change.apply(theInstance(id)));
  }

  public void volume(String id, int gibibytes, Map<String, String> tags) {
    require(id, "vol-", SimulatedVolume.class);
    visit.put(disk(id, gibibytes));
    visit.tag(id, tags);
  }

  public void attach(String volume, String instance, String device) {
    SimulatedVolume disk = find(SimulatedVolume.class, volume);
    SimulatedInstance host = theInstance(instance);
    if (disk.attached() || host.volumes().containsKey(device)) {
      throw new IllegalArgumentException(
          volume + " or " + device + " of " + instance + " is in use already");
    }
    Map<String, String> volumes = new TreeMap<>(host.volumes());
    volumes.put(device, volume);
    visit.put(host.with(volumes));
    visit.put(disk.attach(new Attachment(instance, device, false)));
  }

  /** Completed; {@code volume} need not exist any more. */
  public void snapshot(String id, String volume, Instant start, Map<String, String> tags) {
    require(id, "snap-", SimulatedSnapshot.class);
    int size =
        visit
            .world()
            .find(SimulatedVolume.class, visit.scope(), volume)
            .map(SimulatedVolume::gibibytes)
            .orElse(8);
    Instant end = start.plus(Duration.ofSeconds(1));
    visit.put(
        new SimulatedSnapshot(
            id, given(), volume, size, "", new SimulatedSnapshot.Making(start, end, ""), Set.of()));
    visit.tag(id, tags);
  }

  public void share(String snapshot, Set<String> accounts) {
    visit.put(find(SimulatedSnapshot.class, snapshot).sharedWith(accounts));
  }

  public void image(String id, List<String> snapshots) {
    require(id, "ami-", SimulatedImage.class);
    visit.put(new SimulatedImage(id, given(), id, snapshots));
  }

  /** In place of those it has. */
  public void tags(String id, Map<String, String> tags) {
    if (visit.world().thing(visit.scope(), id).isEmpty()) {
      throw missing(id);
    }
    visit.tag(id, tags);
  }

  public void parameter(String name, String value) {
    visit.changes().add(new Change.Parameter(visit.scope(), name, value));
  }

  private Simulated.Origin given() {
    return new Simulated.Origin(visit.scope(), visit.now(), visit.now(), false);
  }

  private SimulatedVolume disk(String id, int gibibytes) {
    return new SimulatedVolume(id, given(), gibibytes, "gp3", Source.NONE, Attachment.NONE, FAR);
  }

  private SimulatedInstance theInstance(String id) {
    return find(SimulatedInstance.class, id);
  }

  private <T extends Simulated> T find(Class<T> kind, String id) {
    return visit.world().find(kind, visit.scope(), id).orElseThrow(() -> missing(id));
  }

  private IllegalArgumentException missing(String id) {
    return new IllegalArgumentException(id + " does not exist in " + visit.scope().key());
  }

  private void require(String id, String prefix, Class<? extends Simulated> kind) {
    if (!id.startsWith(prefix) || id.length() == prefix.length()) {
      throw new IllegalArgumentException(id + " must begin with " + prefix);
    }
    if (visit.world().find(kind, visit.scope(), id).isPresent()) {
      throw new IllegalArgumentException(id + " exists already in " + visit.scope().key());
    }
  }
}
