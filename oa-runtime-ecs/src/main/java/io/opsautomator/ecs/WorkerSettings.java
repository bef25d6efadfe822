package io.opsautomator.ecs;

import io.opsautomator.aws.deployment.Deployment;
import io.opsautomator.aws.deployment.InvalidDeploymentException;
import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker's process is told by its environment: the deployment it belongs to, and besides
 * {@code OA_LISTEN} (default {@code 0.0.0.0:8080}), {@code OA_STOP_SECONDS} (default 25) and {@code
 * OA_ONCE}, the id of the one execution to work on.
 */
record WorkerSettings(
    Deployment deployment, ListenAddress listen, Duration stopWithin, Optional<ExecutionId> once) {
  static final String LISTEN = "OA_LISTEN";
  static final String STOP_SECONDS = "OA_STOP_SECONDS";
  static final String ONCE = "OA_ONCE";
  private static final Set<String> OURS = Set.of(LISTEN, STOP_SECONDS, ONCE);
  private static final int LONGEST_STOP = 7200;

  /** What is wrong with the settings: all of it, a line each. */
  static final class Invalid extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Invalid(List<String> wrong) {
      super(String.join("\n", wrong));
    }
  }

  /**
   * @param arguments {@code --once EXECUTION}, which goes before the environment, or none
   * @throws Invalid telling everything that is wrong
   */
  static WorkerSettings of(Map<String, String> environment, String... arguments) {
    List<String> wrong = new ArrayList<>();
    Optional<Deployment> deployment = deployment(environment, wrong);
    ListenAddress listen = listen(value(environment, LISTEN), wrong);
    Duration stop = stop(value(environment, STOP_SECONDS), wrong);
    Optional<ExecutionId> once =
        once(arguments, wrong).or(() -> value(environment, ONCE)).map(ExecutionId::new);
    if (!wrong.isEmpty()) {
      throw new Invalid(wrong);
    }
    return new WorkerSettings(deployment.orElseThrow(), listen, stop, once);
  }

  private static Optional<String> value(Map<String, String> environment, String key) {
    return Optional.ofNullable(environment.get(key))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static Optional<Deployment> deployment(
      Map<String, String> environment, List<String> wrong) {
    try {
      return Optional.of(Deployment.of(environment, OURS));
    } catch (InvalidDeploymentException e) {
      wrong.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static ListenAddress listen(Optional<String> value, List<String> wrong) {
    ListenAddress usual = new ListenAddress("0.0.0.0", 8080);
    try {
      return value.map(ListenAddress::parse).orElse(usual);
    } catch (IllegalArgumentException e) {
      wrong.add(LISTEN + ": " + e.getMessage());
      return usual;
    }
  }

  private static Duration stop(Optional<String> value, List<String> wrong) {
    if (value.isEmpty()) {
      return Service.Settings.STOP_WITHIN;
    }
    int seconds = value.get().matches("[0-9]{1,5}") ? Integer.parseInt(value.get()) : -1;
    if (seconds < 0 || seconds > LONGEST_STOP) {
      wrong.add(
          STOP_SECONDS
              + ": '"
              + value.get()
              + "': allowed is a whole number from 0 to "
              + LONGEST_STOP
              + ", less than the stopTimeout of the container");
    }
    return Duration.ofSeconds(Math.max(0, seconds));
  }

  private static Optional<String> once(String[] arguments, List<String> wrong) {
    if (arguments.length == 2 && arguments[0].equals("--once") && !arguments[1].isBlank()) {
      return Optional.of(arguments[1]);
    }
    if (arguments.length > 0) {
      wrong.add(
          "'" + String.join(" ", arguments) + "': there is only --once EXECUTION, or no argument");
    }
    return Optional.empty();
  }
}
