package io.opsautomator.testkit.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** moto, through the repository's {@code tools/aws-emulator}, on a port of its own. */
final class MotoProvider implements EndpointProvider {
  static final String NAME = "moto";
  private static final String SCRIPT = "tools/aws-emulator";

  /** The first start on a machine downloads it. */
  private static final long START_MINUTES = 5;

  private final Path script;
  private int port;

  MotoProvider() {
    this(Path.of("").toAbsolutePath());
  }

  MotoProvider(Path folder) {
    script = find(folder).orElse(folder.resolve(SCRIPT));
  }

  private static Optional<Path> find(Path folder) {
    return Stream.iterate(folder, at -> at != null, Path::getParent)
        .map(at -> at.resolve(SCRIPT))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException("no free port", none);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public URI start() {
    port = freePort();
    run("start");
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void stop() {
    run("stop");
  }

  private void run(String command) {
    try {
      Path said = Files.createTempFile("aws-emulator", ".log");
      int status = run(command, said);
      String words = Files.readString(said).strip();
      Files.delete(said);
      if (status != 0) {
        throw unavailable(words, null);
      }
    } catch (IOException cannot) {
      throw unavailable(script + " cannot be run", cannot);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", asked);
    }
  }

  /** Into a file, since a pipe would stay open for as long as the server that is left running. */
  private int run(String command, Path said) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(script.toString(), command, String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(START_MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
      return -1;
    }
    return process.exitValue();
  }

  private static IllegalStateException unavailable(String why, @Nullable Exception cause) {
    return new IllegalStateException(
        "no AWS to test against: "
            + why
            + ". Start one and set "
            + EndpointChoice.ENDPOINT
            + ", or leave these tests out with -D"
            + EndpointChoice.SKIP,
        cause);
  }
}
