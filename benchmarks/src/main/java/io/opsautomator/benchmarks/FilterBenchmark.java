package io.opsautomator.benchmarks;

import io.opsautomator.resource.TagFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Tag filters: reading one, and matching it against resources with ten tags each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {
  private static final int RESOURCES = 1024;
  private static final String[] VALUES = {"prod", "dev", "test", "web", "db-main", "2026-01-01"};

  @Param({"Env=prod", "Env=prod&(Tier=web|Tier=db*)", "!Owner&Env=!test", "Na*=\\w.*b$"})
  public String expression = "";

  private TagFilter filter = TagFilter.any();
  private final List<Map<String, String>> resources = new ArrayList<>();
  private int at;

  @Setup
  public void prepare() {
    filter = TagFilter.parse(expression);
    SplittableRandom random = new SplittableRandom(1);
    String[] names = {
      "Env", "Tier", "Owner", "Name", "App", "Cost", "Team", "Stage", "Zone", "Created"
    };
    for (int i = 0; i < RESOURCES; i++) {
      Map<String, String> tags = new HashMap<>();
      for (String name : names) {
        tags.put(name, VALUES[random.nextInt(VALUES.length)]);
      }
      resources.add(tags);
    }
  }

  @Benchmark
  public TagFilter parse() {
    return TagFilter.parse(expression);
  }

  @Benchmark
  public boolean match() {
    return filter.matches(resources.get(at++ & RESOURCES - 1));
  }
}
