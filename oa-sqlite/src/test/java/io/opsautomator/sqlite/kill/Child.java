package io.opsautomator.sqlite.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that runs {@link KilledEngine}, and what it has said. Never outlives its test. */
final class Child implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final BufferedReader lines;
  private final Path errors;
  private final List<String> said = new ArrayList<>();

  Child(Path folder, List<String> args) throws IOException {
    errors = folder.resolve("errors.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote", // it starts sooner
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KilledEngine.class.getName(),
                folder.toString()));
    command.addAll(args);
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    lines = process.inputReader(StandardCharsets.UTF_8);
    // Should the engine hang, its output ends, and the test says what it had come to.
    process
        .onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly());
  }

  /** Reads on until a line fits, which is among those said then. */
  String until(Predicate<String> wanted) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (wanted.test(line)) {
          return line;
        }
      }
      throw new AssertionError(
          "the engine has ended after saying " + said + ": " + Files.readString(errors));
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
