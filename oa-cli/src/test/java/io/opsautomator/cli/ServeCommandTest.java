package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service over an emulator, from its first probe to its orderly end. */
@ExtendWith(AwsEndpoint.class)
final class ServeCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern PROBES = Pattern.compile("probes at (http://[0-9.]+:[0-9]+)\\.");

  @TempDir Path folder;
  private final String endpoint;
  private final StringWriter err = new StringWriter();

  ServeCommandTest(EmulatedAws emulated) {
    endpoint = emulated.address().toString();
  }

  private final class Serving implements AutoCloseable {
    private final FutureTask<Integer> command;
    private final Thread thread;

    Serving(Path... files) {
      String[] arguments =
          Stream.concat(
                  Stream.of(
                      "serve",
                      "--endpoint",
                      endpoint,
                      "--listen",
                      "127.0.0.1:0",
                      "--store",
                      folder.resolve("store").toString()),
                  Stream.of(files).map(Path::toString))
              .toArray(String[]::new);
      command = new FutureTask<>(() -> Oa.run(surroundings(), arguments));
      thread = new Thread(command, "serving");
      thread.start();
    }

    /** As a signal does. */
    int stop() throws Exception {
      thread.interrupt();
      return command.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join(PATIENCE.toMillis());
    }
  }

  private Surroundings surroundings() {
    return new Surroundings(
        new BufferedReader(new StringReader("")),
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true),
        Surroundings.Terminals.NONE,
        Map.of(),
        InstantSource.system());
  }

  private String told() {
    synchronized (err.getBuffer()) {
      return err.toString();
    }
  }

  private void untilTold(String words) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!told().contains(words)) {
      assertThat(Instant.now()).as(told()).isBefore(end);
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
    }
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    Matcher probes = PROBES.matcher(told());
    assertThat(probes.find()).as(told()).isTrue();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(probes.group(1) + path)).build(),
            BodyHandlers.ofString());
  }

  private Path tasks(String file, String... names) throws IOException {
    List<String> all =
        Stream.of(names)
            .map(
                name ->
                    "  - name: "
                        + name
                        + "\n    action: Ec2StopInstances\n    tagFilter: Stop=yes\n"
                        + "    interval: 0 20 * * ?\n    timezone: UTC\n    regions: [eu-west-1]\n")
            .toList();
    return Files.writeString(folder.resolve(file), "tasks:\n" + String.join("", all));
  }

  @Test
  void servesSeveralFilesAnswersProbesFollowsEditsAndEndsInGoodOrder() throws Exception {
    Path one = tasks("one.yaml", "evening");
    Path other = tasks("other.yaml", "late");
    try (Serving serving = new Serving(one, other)) {
      untilTold("Watching");
      assertThat(told()).contains("Following 2 tasks", "evening", "late");
      assertThat(ask("/health/live").statusCode()).isEqualTo(200);
      assertThat(ask("/health/ready").body()).isEqualTo("{\"ready\":true,\"reasons\":[]}\n");
      assertThat(ask("/metrics").body()).contains("ops_automator_build{").endsWith("# EOF\n");

      tasks("other.yaml", "evening");
      untilTold("give one of them another name");
      untilTold("The tasks stay as they were");
      tasks("other.yaml", "later");
      untilTold("Removed late");
      assertThat(serving.stop()).isZero();
    }
    assertThat(told()).contains("Stopping; unfinished work is kept in");
  }

  @Test
  void withoutFilesItServesWhatIsStored() throws Exception {
    try (Serving first = new Serving(tasks("one.yaml", "evening"))) {
      untilTold("Watching");
      assertThat(first.stop()).isZero();
    }
    try (Serving second = new Serving()) {
      untilTold("Serving 1 stored task");
      assertThat(second.stop()).isZero();
    }
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingIsServed() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "tasks:\n - {name: a}\n");
    assertThat(CommandLineRun.oa("serve", bad.toString()).failsPlainly(2).err())
        .contains("bad.yaml:2:", "nothing is served");
    assertThat(CommandLineRun.oa("serve", "--listen", "8080").failsPlainly(2).err())
        .contains("--listen", "'8080'", "127.0.0.1:8080");
    assertThat(CommandLineRun.oa("serve").failsPlainly(2).err()).contains("--yes");
  }
}
