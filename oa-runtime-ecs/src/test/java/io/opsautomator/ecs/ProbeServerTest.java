package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.Vitals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProbeServerTest {
  private static final ListenAddress ANY_PORT = ListenAddress.parse("127.0.0.1:0");

  private Vitals.State state = Vitals.State.WORKING;
  private String metrics = "# EOF\n";
  private final HttpClient client = HttpClient.newHttpClient();
  private final ProbeServer server;

  ProbeServerTest() throws IOException {
    Health health =
        new Health(
            () -> new Vitals(state, Optional.empty(), Optional.empty(), 0, 0, Optional.empty()),
            InstantSource.system());
    server = ProbeServer.listeningAt(ANY_PORT, health, this::metrics);
  }

  private String metrics() {
    if (metrics.isEmpty()) {
      throw new IllegalStateException("no metrics");
    }
    return metrics;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://" + server.address() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  @Test
  void healthIsAnsweredWithReasons() throws IOException, InterruptedException {
    HttpResponse<String> live = ask("GET", "/health/live");
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(live.body()).isEqualTo("{\"live\":true,\"reasons\":[]}\n");

    state = Vitals.State.CLOSING;
    HttpResponse<String> ready = ask("GET", "/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body())
        .isEqualTo(
            "{\"ready\":false,\"reasons\":[\"it is closing, and takes no more messages\"]}\n");
  }

  @Test
  void metricsSayWhatTheyAre() throws IOException, InterruptedException {
    HttpResponse<String> answer = ask("GET", "/metrics");

    assertThat(answer.body()).isEqualTo("# EOF\n");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
  }

  @Test
  void nothingCanBeChangedAndNothingElseIsThere() throws IOException, InterruptedException {
    assertThat(ask("POST", "/health/live").statusCode()).isEqualTo(405);
    assertThat(ask("DELETE", "/metrics").headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/health/live/more").body()).contains("/health/ready");
    HttpResponse<String> head = ask("HEAD", "/health/live");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whatFailsIsAnsweredAndTheNextGoesOn() throws IOException, InterruptedException {
    metrics = "";
    assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(500);
    metrics = "# EOF\n";
    assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    Health health =
        new Health(
            () -> new Vitals(state, Optional.empty(), Optional.empty(), 0, 0, Optional.empty()),
            InstantSource.system());

    assertThatThrownBy(() -> ProbeServer.listeningAt(server.address(), health, () -> ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen at " + server.address());
    assertThatThrownBy(
            () ->
                ProbeServer.listeningAt(
                    ListenAddress.parse("no-such-host.invalid:1"), health, () -> ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void aContainerAsksWithAProgramOfItsOwn() {
    assertThat(Probe.well(URI.create("http://" + server.address() + "/health/ready"))).isTrue();
    state = Vitals.State.CLOSING;
    assertThat(Probe.well(URI.create("http://" + server.address() + "/health/ready"))).isFalse();
    server.close();
    assertThat(Probe.well(URI.create("http://" + server.address() + "/health/live"))).isFalse();
  }
}
