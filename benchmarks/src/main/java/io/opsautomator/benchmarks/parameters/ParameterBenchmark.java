package io.opsautomator.benchmarks.parameters;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From a map of values, as a task file gives them, to an action's record. Ours checks each value
 * and names every fault at once; the mapper converts only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParameterBenchmark {
  /** What an action may be told. */
  public record Params(
      @Param(label = "How long it is kept, in days") int retentionDays,
      @Param(label = "Whether to go on in spite of warnings") boolean force,
      @Param(label = "What it is called") String name,
      @Param(label = "Names of tags that are copied") List<String> tags) {
    static final Params DEFAULTS = new Params(7, false, "backup", List.of());
  }

  private static final Map<String, Object> RAW =
      Map.of("retentionDays", 30, "force", true, "name", "nightly", "tags", List.of("a", "b"));

  private final ParameterSchema<Params> schema = ParameterSchema.of(Params.DEFAULTS);
  private final ObjectMapper mapper = new ObjectMapper();

  @Benchmark
  public Object ours() {
    return schema.decode(RAW);
  }

  @Benchmark
  public Object jackson() {
    return mapper.convertValue(RAW, Params.class);
  }
}
