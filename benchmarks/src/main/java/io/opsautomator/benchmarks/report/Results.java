package io.opsautomator.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What JMH has written, by the name of a benchmark: its class and method, then the values of its
 * parameters, and the number of threads if there are several, as in {@code
 * PermitBenchmark.take:ours,10000@8}.
 */
final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> byName = new TreeMap<>();

  /** Reads files of JMH's JSON; of a benchmark that is in two of them, the last counts. */
  static Results read(List<Path> files) {
    Results results = new Results();
    for (Path file : files) {
      try {
        JSON.readTree(file.toFile()).forEach(run -> results.byName.put(name(run), run));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read results from " + file, e);
      }
    }
    return results;
  }

  private static String name(JsonNode run) {
    String[] path = run.get("benchmark").asText().split("\\.");
    List<String> values = new ArrayList<>();
    run.path("params").forEach(value -> values.add(value.asText()));
    int threads = run.get("threads").asInt();
    return path[path.length - 2]
        + "."
        + path[path.length - 1]
        + (values.isEmpty() ? "" : ":" + String.join(",", values))
        + (threads == 1 ? "" : "@" + threads);
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The unit of what the benchmark itself measures. */
  String unit(String name) {
    return byName.get(name).path("primaryMetric").path("scoreUnit").asText();
  }

  /** The figure of a benchmark, if it was run. */
  Optional<Sample> sample(String name, Figure figure) {
    return Optional.ofNullable(byName.get(name))
        .map(run -> figure.of(run))
        .filter(metric -> metric.hasNonNull("rawData"))
        .map(metric -> Sample.of(rows(metric.get("rawData"))));
  }

  private static double[][] rows(JsonNode raw) {
    return StreamSupport.stream(raw.spliterator(), false)
        .map(
            row ->
                StreamSupport.stream(row.spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray())
        .toArray(double[][]::new);
  }

  /** What is looked at of a benchmark, in units of one operation. */
  enum Figure {
    /** Processor time of the calling threads, in nanoseconds. */
    CPU(CpuProfiler.WORKERS),
    /** Processor time of the whole process, in nanoseconds. */
    PROCESS(CpuProfiler.PROCESS),
    /** Bytes allocated. */
    BYTES("gc.alloc.rate.norm"),
    /** What the benchmark itself measures, in its own unit. */
    SCORE("");

    private final String metric;

    Figure(String metric) {
      this.metric = metric;
    }

    /** JMH puts a dot before the names of what profilers give, in some versions. */
    private JsonNode of(JsonNode run) {
      if (this == SCORE) {
        return run.path("primaryMetric");
      }
      JsonNode all = run.path("secondaryMetrics");
      return all.has(metric) ? all.path(metric) : all.path("·" + metric);
    }
  }
}
