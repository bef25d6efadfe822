package io.opsautomator.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers probes over HTTP: {@code /health/live} and {@code /health/ready} with 200 or 503 and JSON
 * that gives the reasons, {@code /metrics} with OpenMetrics text. It only reads: whoever reaches it
 * learns names of tasks and how much is going on, and can change nothing. Thread-safe.
 */
public final class ProbeServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeServer.class);
  private static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "oa-probes");
            thread.setDaemon(true);
            return thread;
          });

  private record Answer(int status, String type, String body) {}

  private ProbeServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Begins to answer.
   *
   * @throws IOException naming the address, if nobody can listen there
   */
  public static ProbeServer listeningAt(ListenAddress where, Health health, Supplier<String> text)
      throws IOException {
    ProbeServer probes = new ProbeServer(bound(where));
    probes.server.setExecutor(probes.threads);
    probes.answer("/health/live", () -> judged("live", health.live()));
    probes.answer("/health/ready", () -> judged("ready", health.ready()));
    probes.answer("/metrics", () -> new Answer(200, WorkerMetrics.OPEN_METRICS, text.get()));
    probes.server.createContext("/", exchange -> probes.serve(exchange, ProbeServer::unknown));
    probes.server.start();
    return probes;
  }

  private static HttpServer bound(ListenAddress where) throws IOException {
    InetSocketAddress address = new InetSocketAddress(where.host(), where.port());
    if (address.isUnresolved()) {
      throw new IOException("cannot listen at " + where + ": there is no host " + where.host());
    }
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException("cannot listen at " + where + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens, with the port that the system chose. */
  public ListenAddress address() {
    InetSocketAddress bound = server.getAddress();
    return new ListenAddress(bound.getAddress().getHostAddress(), bound.getPort());
  }

  private void answer(String path, Supplier<Answer> made) {
    server.createContext(
        path,
        exchange ->
            serve(
                exchange,
                exchange.getRequestURI().getPath().equals(path) ? made : ProbeServer::unknown));
  }

  private static Answer unknown() {
    return new Answer(
        404, "text/plain", "There are /health/live, /health/ready and /metrics here.\n");
  }

  private static Answer judged(String question, Health.Verdict verdict) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(question, verdict.well());
    body.put("reasons", verdict.reasons());
    try {
      return new Answer(verdict.well() ? 200 : 503, JSON, MAPPER.writeValueAsString(body) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a verdict cannot be written as JSON", e);
    }
  }

  private void serve(HttpExchange exchange, Supplier<Answer> made) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (method.equals("GET") || method.equals("HEAD")) {
        send(exchange, attempted(made), method.equals("GET"));
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, new Answer(405, "text/plain", "Only GET and HEAD.\n"), true);
      }
    }
  }

  private static Answer attempted(Supplier<Answer> made) {
    try {
      return made.get();
    } catch (RuntimeException e) {
      LOG.error("A probe could not be answered", e);
      return new Answer(500, "text/plain", "This failed; the log says why.\n");
    }
  }

  private static void send(HttpExchange exchange, Answer answer, boolean withBody)
      throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(answer.status(), withBody ? body.length : -1);
    if (withBody) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** Answers nobody any more. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
