package io.opsautomator.benchmarks;

import io.opsautomator.resource.TagColumns;
import io.opsautomator.resource.TagFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Ten filters over the same resources with ten tags each, all asked of one of them; a figure is
 * that of one match.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ColumnsBenchmark {
  private static final int RESOURCES = 1024;
  private static final int QUESTIONS = 10;
  private static final String[] VALUES = {"prod", "dev", "test", "web", "db-main", "2026-01-01"};
  private static final List<String> EXPRESSIONS =
      List.of(
          "Owner",
          "Env=prod",
          "Env=prod&Tier=web",
          "Name=db*",
          "App=*ai*",
          "Env=prod|(Tier=web&(Team=dev|Team=test))",
          "!(Env=prod&!(Stage=dev|Stage=test))",
          "Env=!prod",
          "Created=\\\\d+-\\\\d+",
          "*one=web");

  private final List<TagFilter> filters = EXPRESSIONS.stream().map(TagFilter::parse).toList();
  private final List<Map<String, String>> resources = new ArrayList<>();
  private IntPredicate[] columns = {};
  private TagFilter[] closures = {};
  private int at;

  @Setup
  public void prepare() {
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
    TagColumns laidOut = TagColumns.of(resources);
    columns = filters.stream().map(laidOut::matching).toArray(IntPredicate[]::new);
    closures = filters.toArray(TagFilter[]::new);
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public int columns() {
    int row = at++ & RESOURCES - 1;
    int matched = 0;
    for (IntPredicate one : columns) {
      matched += one.test(row) ? 1 : 0;
    }
    return matched;
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public int closures() {
    Map<String, String> tags = resources.get(at++ & RESOURCES - 1);
    int matched = 0;
    for (TagFilter one : closures) {
      matched += one.matches(tags) ? 1 : 0;
    }
    return matched;
  }
}
