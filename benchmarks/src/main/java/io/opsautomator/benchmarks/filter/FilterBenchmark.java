package io.opsautomator.benchmarks.filter;

import io.opsautomator.benchmarks.filter.FilterEngine.Asked;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Asking ten compiled questions of resources with ten tags, and reading the questions; the mean
 * over the questions.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {
  private static final int QUESTIONS = 10;
  private static final int RESOURCES = 1024;

  @Param({"ours", "spel-compiled", "spel-java", "mvel", "jmespath", "spel", "cel"})
  public String engine = "";

  private FilterEngine language = FilterEngine.named("ours");
  private final Asked[] asked = new Asked[QUESTIONS];
  private int at;

  @Setup
  public void prepare() {
    language = FilterEngine.named(engine);
    List<Map<String, String>> resources = Workload.resources(RESOURCES);
    for (Question question : Question.values()) {
      asked[question.ordinal()] = language.compile(question, resources);
    }
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public int match() {
    int resource = at++ & RESOURCES - 1;
    int matching = 0;
    for (Asked each : asked) {
      matching += each.matches(resource) ? 1 : 0;
    }
    return matching;
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public void compile(Blackhole results) {
    for (Question question : Question.values()) {
      results.consume(language.read(question));
    }
  }
}
