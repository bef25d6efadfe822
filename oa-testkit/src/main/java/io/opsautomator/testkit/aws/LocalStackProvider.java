package io.opsautomator.testkit.aws;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * LocalStack in a container that goes when it is stopped, on a port of loopback that Docker picks.
 * Docker's own command is all it needs.
 */
final class LocalStackProvider implements EndpointProvider {
  static final String NAME = "localstack";

  /** The last that asks for no account with its makers. */
  static final String IMAGE = "localstack/localstack:4.4";

  private static final String INSIDE = "4566";
  private static final String READY = "Ready.";

  /** The first start on a machine downloads it. */
  private static final long START_MINUTES = 10;

  private final String docker;
  private String container = "";

  LocalStackProvider() {
    this("docker");
  }

  LocalStackProvider(String docker) {
    this.docker = docker;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public URI start() {
    container = last(run("run", "--detach", "--rm", "--publish", "127.0.0.1::" + INSIDE, IMAGE));
    awaitReady();
    return URI.create("http://" + last(run("port", container, INSIDE + "/tcp")));
  }

  @Override
  public void stop() {
    if (!container.isEmpty()) {
      run("stop", container);
      container = "";
    }
  }

  /** It says so in its log, which ends early only if the container does. */
  private void awaitReady() {
    List<String> said = run("logs", "--follow", container);
    if (!last(said).equals(READY)) {
      throw unavailable("LocalStack did not get ready: " + String.join("\n", said), null);
    }
  }

  private static String last(List<String> lines) {
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
  }

  private List<String> run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(docker));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        return CompletableFuture.supplyAsync(() -> lines(process))
            .get(START_MINUTES, TimeUnit.MINUTES);
      } finally {
        process.destroy();
      }
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw unavailable(String.join(" ", command) + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
  }

  /** Up to the end, or to the word that ends the waiting. */
  private static List<String> lines(Process process) {
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.strip().equals(READY)) {
          return lines;
        }
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join("\n", lines));
      }
      return lines;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(String.join("\n", lines), e);
    }
  }

  private static IllegalStateException unavailable(String why, @Nullable Exception cause) {
    return new IllegalStateException(
        "no LocalStack to test against: "
            + why
            + ". It needs Docker; without -D"
            + EndpointChoice.PROVIDER
            + "="
            + NAME
            + " it is moto, which does not",
        cause);
  }
}
