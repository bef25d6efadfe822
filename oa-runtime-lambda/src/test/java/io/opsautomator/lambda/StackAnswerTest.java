package io.opsautomator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StackAnswerTest {
  private final BlockingQueue<Put> puts = new LinkedBlockingQueue<>();
  private final HttpServer bucket = server();
  private int status = 200;

  /** What a bucket got. */
  private record Put(String method, String target, List<String> type, String body) {}

  private HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::take);
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("no server", e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    puts.add(
        new Put(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getOrDefault("Content-Type", List.of()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    bucket.stop(0);
  }

  private void put(String answer) throws IOException {
    URI address =
        URI.create(
            "http://127.0.0.1:"
                + bucket.getAddress().getPort()
                + "/arn%3Aaws%3Astack?Signature=a%2Fb%3D");
    StackAnswer.put(address, answer.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAnswerIsPutAtTheSignedAddressJustAsItWasSigned() throws IOException {
    put("{\"Reason\": \"é\"}");

    assertThat(puts)
        .containsExactly(
            new Put(
                "PUT",
                "/arn%3Aaws%3Astack?Signature=a%2Fb%3D",
                List.of(""),
                "{\"Reason\": \"é\"}"));
  }

  @Test
  void anAnswerThatIsNotTakenFails() {
    for (int refusal : List.of(403, 503, 307)) {
      status = refusal;
      assertThatThrownBy(() -> put("{}")).hasMessage("127.0.0.1 answers " + refusal);
    }
    assertThat(puts).as("no answer follows a redirection").hasSize(3);
  }

  @Test
  void answersGoToS3Only() {
    assertThat(StackAnswer.address("https://cfn-x.s3.eu-west-1.amazonaws.com/a?X-Amz=1"))
        .hasHost("cfn-x.s3.eu-west-1.amazonaws.com");
    assertThat(StackAnswer.address("https://b.s3.cn-north-1.amazonaws.com.cn/a")).isNotNull();
    for (String elsewhere :
        List.of(
            "http://s3.amazonaws.com/a",
            "https://example.com/a",
            "https://amazonaws.com.example.com/a",
            "https://evilamazonaws.com/a",
            "https://169.254.169.254/a")) {
      assertThatThrownBy(() -> StackAnswer.address(elsewhere))
          .as(elsewhere)
          .hasMessageContaining("no address of S3");
    }
  }
}
