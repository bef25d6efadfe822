package io.opsautomator.lambda;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The platform's side of Lambda's Runtime API: hands out invocations one after another, and takes
 * what became of them. On a loopback port of its own.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime";
  private static final String ARN = "arn:aws:lambda:eu-west-1:111122223333:function:ops";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<String> initError = new CompletableFuture<>();

  private record Invocation(String id, String event, Instant deadline) {}

  /**
   * @param error whether the function has failed
   */
  record Answer(boolean error, String body) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(ROOT + "/invocation/", this::invocation);
    server.createContext(ROOT + "/init/error", this::initError);
    server.setExecutor(threads);
    server.start();
  }

  /** As {@code AWS_LAMBDA_RUNTIME_API} wants it. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void invocation(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String last = path[path.length - 1];
    if (last.equals("next")) {
      next(exchange);
    } else {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      accepted(exchange);
      answer(path[path.length - 2]).complete(new Answer(last.equals("error"), body));
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      Invocation next = waiting.take();
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json"); // The runtime dies without.
      headers.set("Lambda-Runtime-Aws-Request-Id", next.id());
      headers.set("Lambda-Runtime-Deadline-Ms", "" + next.deadline().toEpochMilli());
      headers.set("Lambda-Runtime-Invoked-Function-Arn", ARN);
      byte[] event = next.event().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void initError(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    accepted(exchange);
    initError.complete(body);
  }

  private static void accepted(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  private CompletableFuture<Answer> answer(String id) {
    return answers.computeIfAbsent(id, key -> new CompletableFuture<>());
  }

  /** Waits for what becomes of it. */
  Answer invoke(String id, String event, Duration remaining) throws Exception {
    waiting.add(new Invocation(id, event, Instant.now().plus(remaining)));
    return answer(id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until the function says that it could not be initialised. */
  String initError() throws Exception {
    return initError.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
