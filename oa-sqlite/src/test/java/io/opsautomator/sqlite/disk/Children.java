package io.opsautomator.sqlite.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that test classes with a {@code main} are run in. */
public final class Children {
  private static final long PATIENCE_SECONDS = 600;

  private Children() {}

  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The command of a JVM that starts soon, with the class path of this one. */
  public static List<String> command(Class<?> main, List<String> args) {
    return command(classPath(), List.of(), main, args);
  }

  /**
   * @param flags more options of the JVM
   */
  public static List<String> command(
      String classPath, List<String> flags, Class<?> main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(args);
    return command;
  }

  /** Runs to the end, which has to be a good one. */
  public static void run(Class<?> main, WatchedDisk disk, List<String> args, Path errors)
      throws IOException {
    int status = status(main, disk, args, errors);
    if (status != 0) {
      throw new AssertionError(
          main.getSimpleName() + " ended with " + status + ": " + Files.readString(errors));
    }
  }

  /** Runs to its end, or for so long as is reasonable; returns the exit status. */
  public static int status(Class<?> main, WatchedDisk disk, List<String> args, Path errors)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(main, args))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().putAll(disk.environment());
    Process process = builder.start();
    process
        .onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
    return process.onExit().join().exitValue();
  }
}
