package io.opsautomator.testkit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An EC2 instance. Its states are a list of phases, oldest first, each beginning at an instant; the
 * last that has begun holds. A call that changes the state writes the whole course ahead, such as
 * stopping now and stopped in thirty seconds.
 *
 * @param volumes device name to volume id
 */
public record SimulatedInstance(
    String id,
    Origin origin,
    String type,
    List<Phase> phases,
    Launch launch,
    Map<String, String> volumes,
    Habits habits)
    implements Simulated {
  public static final String ROOT = "/dev/xvda";
  static final String USER_STOP = "Client.UserInitiatedShutdown: User initiated shutdown";

  public SimulatedInstance {
    phases = List.copyOf(phases);
    volumes = Sorted.copy(volumes);
  }

  /** {@code reason} is a code, a colon and a text, or empty. */
  public record Phase(Instant from, String state, String reason) {}

  public record Launch(Instant at, String reservation, String image, String token) {
    Launch again(Instant now) {
      return new Launch(now, reservation, image, token);
    }
  }

  /** What it does of its own; a reason that is not empty makes it fall back to where it was. */
  public record Habits(boolean hibernates, String stopFallsBack, String startFallsBack) {
    public static final Habits NONE = new Habits(false, "", "");
  }

  Phase phase(Instant now) {
    Phase last = phases.get(0);
    for (Phase phase : phases) {
      last = phase.from().isAfter(now) ? last : phase;
    }
    return last;
  }

  String state(Instant now) {
    return phase(now).state();
  }

  @Override
  public boolean existsAt(Instant now) {
    Phase phase = phase(now);
    return !phase.state().equals("terminated")
        || now.isBefore(phase.from().plus(Duration.ofHours(1)));
  }

  SimulatedInstance starting(Instant now, Duration takes) {
    String back = habits.startFallsBack();
    return going(
            new Phase(now, "pending", ""),
            new Phase(now.plus(takes), back.isEmpty() ? "running" : "stopped", back))
        .with(launch.again(now));
  }

  SimulatedInstance stopping(Instant now, Duration takes) {
    String back = habits.stopFallsBack();
    return going(
        new Phase(now, "stopping", USER_STOP),
        back.isEmpty()
            ? new Phase(now.plus(takes), "stopped", USER_STOP)
            : new Phase(now.plus(takes), "running", back));
  }

  SimulatedInstance terminating(Instant now, Duration takes) {
    return going(
        new Phase(now, "shutting-down", USER_STOP),
        new Phase(now.plus(takes), "terminated", USER_STOP));
  }

  public SimulatedInstance going(Phase... course) {
    return new SimulatedInstance(
        id, origin, type, new ArrayList<>(List.of(course)), launch, volumes, habits);
  }

  private SimulatedInstance with(Launch another) {
    return new SimulatedInstance(id, origin, type, phases, another, volumes, habits);
  }

  SimulatedInstance of(String anotherType) {
    return new SimulatedInstance(id, origin, anotherType, phases, launch, volumes, habits);
  }

  public SimulatedInstance with(Map<String, String> otherVolumes) {
    return new SimulatedInstance(id, origin, type, phases, launch, otherVolumes, habits);
  }

  public SimulatedInstance with(Habits others) {
    return new SimulatedInstance(id, origin, type, phases, launch, volumes, others);
  }
}
