package io.opsautomator.sqlite.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a child process is given so that {@code src/test/c/disk.c} stands between it and the files
 * of one folder. Immutable.
 *
 * <p>Needs Linux and a C compiler. Where there is none, the tests that need it fail and say so: a
 * crash test that is left out in silence proves nothing.
 */
public final class WatchedDisk {
  private static final Path SOURCE = Path.of("src", "test", "c", "disk.c");

  private final Map<String, String> environment;

  private WatchedDisk(Map<String, String> environment) {
    this.environment = environment;
  }

  private static final class Library {
    static final Path FILE = compile();
  }

  /**
   * @param folder may be still to be made, its parent not
   */
  public static WatchedDisk of(Path folder) {
    try {
      Path real = folder.resolveSibling("").toRealPath().resolve(folder.getFileName());
      return new WatchedDisk(Map.of("LD_PRELOAD", Library.FILE.toString()))
          .with("OA_DISK_FOLDER", real);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records every change and flush; and, among them, what is written to {@code notes}. */
  public WatchedDisk tracing(Path trace, Path notes) {
    return with("OA_DISK_TRACE", trace.toAbsolutePath())
        .with("OA_DISK_NOTES", notes.toAbsolutePath());
  }

  /** The process is killed at its change or flush of this number, half of it done. */
  public WatchedDisk killingAt(int change) {
    return with("OA_DISK_KILL_AT", change);
  }

  /** There is no room while this file exists. */
  public WatchedDisk fullWhile(Path flag) {
    return with("OA_DISK_FULL", flag.toAbsolutePath());
  }

  private WatchedDisk with(String name, Object value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value.toString());
    return new WatchedDisk(Map.copyOf(more));
  }

  /** The variables of the child's environment. */
  public Map<String, String> environment() {
    return environment;
  }

  private static Path compile() {
    try {
      Path folder = Files.createDirectories(Path.of("target", "disk").toAbsolutePath());
      Path library = Files.createTempFile(folder, "disk", ".so");
      library.toFile().deleteOnExit();
      run(
          List.of(
              compiler(),
              "-std=gnu11",
              "-shared",
              "-fPIC",
              "-O2",
              "-Wall",
              "-Wextra",
              "-Werror",
              "-o",
              library.toString(),
              SOURCE.toString(),
              "-ldl"));
      return library;
    } catch (IOException e) {
      throw new IllegalStateException(
          "the crash tests of the store need Linux and a C compiler: 'apt-get install gcc"
              + " libc6-dev', or set CC to yours",
          e);
    }
  }

  private static String compiler() {
    return System.getenv().getOrDefault("CC", "gcc");
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(command + " ended with " + status + ": " + said);
    }
  }
}
