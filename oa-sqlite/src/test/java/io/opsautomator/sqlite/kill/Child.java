package io.opsautomator.sqlite.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that runs {@link KilledEngine}, and what it has said. Never outlives its test. */
final class Child implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final BufferedReader lines;
  private final Path errors;
  private final List<String> said = new ArrayList<>();

  /**
   * @param environment more variables
   */
  Child(Launcher launcher, Path folder, List<String> args, Map<String, String> environment)
      throws IOException {
    errors = folder.resolve("errors.txt");
    List<String> all = new ArrayList<>(List.of(folder.toString()));
    all.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(launcher.command(all)).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
    lines = process.inputReader(StandardCharsets.UTF_8);
    // Should the engine hang, its output ends, and the test says what it had come to.
    process
        .onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly());
  }

  /** Reads on until a line fits, which is among those said then. */
  String until(Predicate<String> wanted) {
    return untilEnd(wanted)
        .orElseThrow(
            () -> new AssertionError("the engine has ended after saying " + said + ": " + trace()));
  }

  /** As above; empty when the process has ended before. */
  Optional<String> untilEnd(Predicate<String> wanted) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (wanted.test(line)) {
          return Optional.of(line);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String trace() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With SIGKILL; what it had still said before is read. */
  void kill() {
    process.destroyForcibly();
    try {
      lines.lines().forEach(said::add);
    } catch (UncheckedIOException closed) {
      said.add("(its last words are lost: " + closed.getMessage() + ")");
    }
    process.onExit().join();
  }

  /** Lets it leave in good order. */
  int leave() throws IOException {
    process.outputWriter().close();
    return status();
  }

  /** What the process ended with. */
  int status() {
    return process.onExit().join().exitValue();
  }

  List<String> said() {
    return List.copyOf(said);
  }

  @Override
  public void close() {
    kill();
  }
}
