package io.opsautomator.benchmarks.filter;

import io.opsautomator.resource.TagFilter;
import java.util.List;
import java.util.Map;

final class Ours implements FilterEngine {
  @Override
  public Object read(Question question) {
    return TagFilter.parse(question.ours);
  }

  @Override
  public Asked compile(Question question, List<Map<String, String>> resources) {
    return new Compiled(TagFilter.parse(question.ours), resources);
  }

  private record Compiled(TagFilter filter, List<Map<String, String>> resources) implements Asked {
    @Override
    public boolean matches(int i) {
      return filter.matches(resources.get(i));
    }
  }
}
