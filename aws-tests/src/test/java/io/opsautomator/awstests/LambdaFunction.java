package io.opsautomator.awstests;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A function in a process of its own, run by Lambda's own runtime, and the platform's side of the
 * Runtime API, on a loopback port. Handles one event at a time, as a sandbox does.
 */
final class LambdaFunction implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private final Path log;
  private final Process process;
  private int invocations;

  /**
   * What the runtime posted: {@code response}, or {@code error} of an invocation or of the init.
   */
  private record Said(String what, String body) {}

  LambdaFunction(String handler, Map<String, String> variables) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(ROOT, this::handle);
    server.setExecutor(threads);
    server.start();
    ProcessBuilder child = new ProcessBuilder(command(handler)).redirectErrorStream(true);
    log = Files.createTempFile("function", ".log");
    child.redirectOutput(log.toFile());
    child.environment().keySet().removeIf(key -> key.startsWith("OA_") || key.startsWith("AWS_"));
    child.environment().putAll(platform());
    child.environment().putAll(variables);
    process = child.start();
  }

  private static List<String> command(String handler) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        NativeLibrary.option(),
        "-cp",
        System.getProperty("java.class.path"),
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
        handler);
  }

  private Map<String, String> platform() {
    return Map.of(
        "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort(),
        "AWS_LAMBDA_FUNCTION_NAME", "ops",
        "AWS_LAMBDA_FUNCTION_VERSION", "1",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
        "AWS_LAMBDA_LOG_GROUP_NAME", "group",
        "AWS_LAMBDA_LOG_STREAM_NAME", "stream",
        "LAMBDA_TASK_ROOT", ".");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/next")) {
      next(exchange);
    } else {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
      said.add(new Said(path.substring(path.lastIndexOf('/') + 1), body));
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("Lambda-Runtime-Aws-Request-Id", "request-" + invocations);
      headers.set("Lambda-Runtime-Deadline-Ms", "" + Instant.now().plus(TIMEOUT).toEpochMilli());
      headers.set(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:eu-west-1:111122223333:function:ops");
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /**
   * What the function answers.
   *
   * @throws IllegalStateException if it fails, with what it says of that
   */
  synchronized String invoke(String event) throws IOException, InterruptedException {
    invocations++;
    events.add(event);
    Said answer = said.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null || !answer.what().equals("response")) {
      throw new IllegalStateException(event + " came to " + answer + "\n" + Files.readString(log));
    }
    return answer.body();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    server.stop(0);
    threads.shutdownNow();
    Files.delete(log);
  }
}
