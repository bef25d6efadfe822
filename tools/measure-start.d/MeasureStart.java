import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts functions and takes the time; see tools/measure-start. */
final class MeasureStart {
  private static final String TICK = "{\"detail-type\": \"Scheduled Event\", \"source\": \"aws.events\"}";
  private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/";

  /** A check of an execution that is gone: read from the table, and done. */
  private static final String MESSAGE =
      "{\"Records\": [{\"messageId\": \"m-1\", \"receiptHandle\": \"r-1\", \"eventSource\": \"aws:sqs\","
          + " \"eventSourceARN\": \"arn:aws:sqs:eu-west-1:111122223333:checks\","
          + " \"attributes\": {\"ApproximateReceiveCount\": \"1\", \"SentTimestamp\": \"1700000000000\"},"
          + " \"body\": \"{\\\"v\\\":1,\\\"type\\\":\\\"check\\\",\\\"execution\\\":\\\"aaaaaaaaaaaaaaaaaaaaaaaaaa\\\",\\\"epoch\\\":1}\"}]}";

  private static final List<String> AS_LAMBDA = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx400m");
  private static final long PATIENCE = 120;

  private final Path target;
  private final HttpServer server;

  /** Of the function at hand; one that has ended may still be asking for the one before. */
  private volatile BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  /** Milliseconds since the start of the process, but for the last two. */
  private record Start(double ready, double first, double second, double third, double cpu, double megabytes) {}

  private MeasureStart(Path target) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/2018-06-01/runtime/", this::runtime);
    server.createContext("/", this::aws);
    server.setExecutor(Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    }));
    server.start();
  }

  public static void main(String[] args) throws Exception {
    Path target = Path.of(args[0]).toAbsolutePath();
    int times = Integer.parseInt(args[1]);
    System.setProperty("sun.net.httpserver.nodelay", "true"); // Else each small answer waits 40 ms for an acknowledgement.
    MeasureStart measure = new MeasureStart(target);
    Path archive = target.resolve("function.jsa");
    try {
      machine(times);
      measure.start(List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive));
      row("plain", measure.several(times, List.of()));
      row("AppCDS", measure.several(times, List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive)));
      System.out.printf("%nThe archive has %.0f MB.%n", Files.size(archive) / 1e6);
    } finally {
      measure.server.stop(0);
    }
  }

  private static void machine(int times) throws IOException {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("?");
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    System.out.printf(
        "%s, %d cores, load %s at the start; Java %s, %s; medians of %d.%n%n",
        cpu, Runtime.getRuntime().availableProcessors(), load, Runtime.version(), String.join(" ", AS_LAMBDA), times);
    System.out.println("| | ready, ms | first tick answered | then a message | then a tick, ms | CPU time until then, ms | resident, MB |");
    System.out.println("|---|---|---|---|---|---|---|");
  }

  private static void row(String name, List<Start> starts) {
    System.out.printf(
        "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
        name,
        median(starts, Start::ready),
        median(starts, Start::first),
        median(starts, Start::second),
        median(starts, Start::third),
        median(starts, Start::cpu),
        median(starts, Start::megabytes));
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> of) {
    double[] all = starts.stream().mapToDouble(of).sorted().toArray();
    return all[all.length / 2];
  }

  private List<Start> several(int times, List<String> options) throws Exception {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      starts.add(start(options));
    }
    return starts;
  }

  // -- A function ---------------------------------------------------------------------------------

  private Start start(List<String> options) throws Exception {
    events = new LinkedBlockingQueue<>();
    asked.clear();
    said.clear();
    ProcessBuilder builder = new ProcessBuilder(command(options));
    Path log = target.resolve("measure-start.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("OA_") || key.startsWith("AWS_"));
    builder.environment().putAll(variables());
    long begin = System.nanoTime();
    Process process = builder.start();
    try {
      double ready = since(begin, take(asked, log));
      double first = handled(TICK, begin, log);
      double second = handled(MESSAGE, begin, log);
      long again = System.nanoTime();
      double third = handled(TICK, again, log);
      return new Start(ready, first, second, third, cpu(process), resident(process));
    } finally {
      process.destroy(); // As the platform ends a sandbox; it is when the archive is written.
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private double handled(String event, long begin, Path log) throws Exception {
    events.add(event);
    String what = take(said, log);
    double time = since(begin, System.nanoTime());
    if (!what.startsWith("response")) {
      throw new IllegalStateException(what + "\n" + Files.readString(log));
    }
    return time;
  }

  private static <T> T take(BlockingQueue<T> from, Path log) throws Exception {
    T taken = from.poll(PATIENCE, TimeUnit.SECONDS);
    if (taken == null) {
      throw new IllegalStateException("the function says nothing\n" + Files.readString(log));
    }
    return taken;
  }

  private static double since(long begin, long end) {
    return (end - begin) / 1e6;
  }

  private static double cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static double resident(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1000)
        .findFirst()
        .orElse(0);
  }

  private List<String> command(List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(AS_LAMBDA);
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            classpath(),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "io.opsautomator.lambda.OpsAutomatorHandler"));
    return command;
  }

  private String classpath() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path folder : List.of(target.resolve("platform"), target, target.resolve("lib"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".jar"))
            .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
            .sorted()
            .forEach(jars::add);
      }
    }
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private Map<String, String> variables() {
    String address = "127.0.0.1:" + server.getAddress().getPort();
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", address),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "ops"),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "group"),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "stream"),
        Map.entry("LAMBDA_TASK_ROOT", "."),
        Map.entry("AWS_REGION", "eu-west-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "test"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
        Map.entry("AWS_ENDPOINT_URL", "http://" + address),
        Map.entry("OA_TABLE", "ops"),
        Map.entry("OA_WORK_QUEUE_URL", QUEUE + "work"),
        Map.entry("OA_CHECK_QUEUE_URL", QUEUE + "checks"));
  }

  // -- The platform's side ------------------------------------------------------------------------

  private void runtime(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!path.endsWith("/next")) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      answer(exchange, 202, "{}");
      said.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
      return;
    }
    asked.add(System.nanoTime());
    try {
      String event = events.take();
      exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "request-1");
      exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", "" + Instant.now().plusSeconds(900).toEpochMilli());
      exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:111122223333:function:ops");
      answer(exchange, 200, event);
    } catch (InterruptedException closing) {
      exchange.close();
    }
  }

  /** A table in which there is nothing, and queues that take everything. */
  private void aws(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String target = "" + exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target.endsWith(".Query")) {
      answer(exchange, 200, "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}");
    } else if (target.endsWith(".BatchGetItem")) {
      answer(exchange, 200, "{\"Responses\": {}, \"UnprocessedKeys\": {}}");
    } else {
      answer(exchange, 200, "{}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
