package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what was selected into units: pure, so that cutting again after a crash gives the same
 * units.
 */
final class Cutter {
  private Cutter() {}

  static Unit single(Resource<?> resource) {
    return new Unit(key(resource), Aggregation.RESOURCE, resource.scope(), List.of(resource));
  }

  /** Unique in a run. */
  static String key(Resource<?> resource) {
    return resource.scope().key() + "/" + resource.id();
  }

  /**
   * @param group names what the resources have in common; unit keys begin with it
   * @param home where a unit of several scopes runs
   */
  static List<Unit> units(Job<?> job, String group, Scope home, List<Resource<?>> resources) {
    if (job.aggregation() == Aggregation.RESOURCE) {
      return resources.stream().map(Cutter::single).toList();
    }
    List<Unit> units = new ArrayList<>();
    for (List<Resource<?>> part : regrouped(job, resources)) {
      for (int from = 0; from < part.size(); from += Math.min(job.batchSize(), part.size())) {
        int to = (int) Math.min(part.size(), (long) from + job.batchSize());
        List<Resource<?>> chunk = part.subList(from, to);
        units.add(
            new Unit(
                group + "#" + units.size(), job.aggregation(), scope(job, home, chunk), chunk));
      }
    }
    return units;
  }

  private static Scope scope(Job<?> job, Scope home, List<Resource<?>> chunk) {
    return switch (job.aggregation()) {
      case RESOURCE, REGION -> chunk.get(0).scope();
      case ACCOUNT -> new Scope(chunk.get(0).scope().account(), home.region());
      case TASK -> home;
    };
  }

  private static List<List<Resource<?>>> regrouped(Job<?> job, List<Resource<?>> resources) {
    if (resources.isEmpty()) {
      return List.of();
    }
    return job.action() instanceof Action.Regrouping<?, ?> regrouping
        ? regrouped(regrouping, job, resources)
        : List.of(resources);
  }

  @SuppressWarnings("unchecked") // A job's action, parameters and selected type belong together.
  private static <P extends Record, R extends Record> List<List<Resource<?>>> regrouped(
      Action.Regrouping<P, R> action, Job<?> job, List<Resource<?>> resources) {
    List<Resource<R>> typed = new ArrayList<>();
    resources.forEach(resource -> typed.add((Resource<R>) resource));
    return Foreign.call(job, () -> action.regroup(typed, (P) job.parameters())).stream()
        .filter(part -> !part.isEmpty())
        .<List<Resource<?>>>map(List::copyOf)
        .toList();
  }
}
