package io.opsautomator.awstests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Processes that run {@link FleetWorker}. None outlives its test. */
final class Fleet implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  /** Who leaves waits for the calls that are under way, and one may take a minute. */
  private static final int LEAVING_SECONDS = 150;

  private static final int ENOUGH = 4_000;

  private final FleetWorker.Place place;
  private final Path folder;
  private final List<Member> all = new ArrayList<>();

  Fleet(FleetWorker.Place place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /** One process. */
  static final class Member {
    private final Process process;
    private final Path errors;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final CountDownLatch up = new CountDownLatch(1);

    private Member(Process process, Path errors) {
      this.process = process;
      this.errors = errors;
      Thread listener = new Thread(this::listen, "listener");
      listener.setDaemon(true);
      listener.start();
    }

    private void listen() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          said.add(line);
          if (line.equals("up")) {
            up.countDown();
          }
        }
      } catch (IOException | UncheckedIOException e) {
        said.add("(its last words are lost: " + e.getMessage() + ")");
      }
    }

    void awaitUp() throws InterruptedException, IOException {
      if (!up.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("a worker did not come up: " + trouble());
      }
    }

    /** With SIGKILL. */
    void kill() {
      process.destroyForcibly();
      process.onExit().join();
    }

    /** Stops it in the middle of whatever it does. */
    void freeze() throws IOException, InterruptedException {
      signal("-STOP");
    }

    void wake() throws IOException, InterruptedException {
      signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
      int status = new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor();
      if (status != 0) {
        throw new AssertionError("kill " + signal + " ended with " + status);
      }
    }

    /** Lets it end in good order: its status. */
    int leave() throws IOException, InterruptedException {
      process.outputWriter().close();
      if (!process.waitFor(LEAVING_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("a worker did not leave: " + threads() + trouble());
      }
      return process.exitValue();
    }

    /** What all its threads do: what it prints when it is asked for that, and then killed. */
    private String threads() throws IOException, InterruptedException {
      signal("-QUIT");
      boolean gone = process.waitFor(2, TimeUnit.SECONDS);
      kill();
      return gone ? "" : String.join("\n", said()) + "\n";
    }

    List<String> said() {
      return List.copyOf(said);
    }

    String trouble() throws IOException {
      return Files.readString(errors);
    }
  }

  Member start() throws IOException {
    String name = "worker-" + (all.size() + 1);
    Path errors = folder.resolve(name + ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"));
    command.addAll(List.of("-cp", classPath(), FleetWorker.class.getName()));
    command.addAll(place.args());
    command.add(name);
    Member member =
        new Member(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    all.add(member);
    return member;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** What all of them have said. */
  List<String> said() {
    return all.stream().flatMap(member -> member.said().stream()).toList();
  }

  /** What all of them have reported, for a test that failed. */
  String trouble() throws IOException {
    StringBuilder told = new StringBuilder();
    for (Member member : all) {
      String errors = member.trouble();
      told.append(member.errors.getFileName()).append(":\n");
      told.append(errors, Math.max(0, errors.length() - ENOUGH), errors.length());
    }
    return told.toString();
  }

  @Override
  public void close() {
    all.forEach(Member::kill);
  }
}
