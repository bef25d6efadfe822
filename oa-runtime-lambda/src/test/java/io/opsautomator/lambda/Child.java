package io.opsautomator.lambda;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process in which Lambda's own runtime runs a handler. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  Child(RuntimeApi api, String handler, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(handler));
    builder.redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.startsWith("OA_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", api.address(),
                "AWS_LAMBDA_FUNCTION_NAME", "ops",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                "AWS_LAMBDA_LOG_STREAM_NAME", "stream",
                "AWS_REGION", "eu-west-1",
                "LAMBDA_TASK_ROOT", "."));
    builder.environment().putAll(environment);
    process = builder.start();
    Thread reader = new Thread(this::read, "child's output");
    reader.setDaemon(true);
    reader.start();
  }

  private static List<String> command(String handler) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add(NativeLibrary.option());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
    command.add(handler);
    return command;
  }

  private void read() {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("the output could not be read: " + e);
    }
  }

  /** The next line that begins so, without its beginning; empty if none comes in that time. */
  Optional<String> line(String beginning, long seconds) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      String line = lines.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        return Optional.empty();
      }
      if (line.startsWith(beginning)) {
        return Optional.of(line.substring(beginning.length()));
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
