package io.opsautomator.benchmarks.filter;

import io.opsautomator.benchmarks.filter.FilterEngine.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Whether all engines select the same resources before they are timed. */
public final class FilterAgreement {
  private static final int RESOURCES = 1000;

  private FilterAgreement() {}

  /** Where these engines select others than we do, in words; empty if nowhere. */
  public static List<String> disagreements(List<String> engines) {
    List<Map<String, String>> resources = Workload.resources(RESOURCES);
    List<String> found = new ArrayList<>();
    for (Question question : Question.values()) {
      List<Integer> ours = selected("ours", question, resources);
      if (ours.isEmpty() || ours.size() == RESOURCES) {
        found.add(question + " selects " + ours.size() + " of " + RESOURCES);
      }
      for (String engine : engines) {
        if (!selected(engine, question, resources).equals(ours)) {
          found.add(engine + " selects others by " + question);
        }
      }
    }
    return found;
  }

  private static List<Integer> selected(
      String engine, Question question, List<Map<String, String>> resources) {
    Asked asked = FilterEngine.named(engine).compile(question, resources);
    return IntStream.range(0, resources.size()).filter(asked::matches).boxed().toList();
  }
}
