package io.opsautomator.engine.internal;

import io.opsautomator.action.Action;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Unit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
    List<Unit> units = new ArrayList<>();
    units(job, group, home, resources.iterator()).forEachRemaining(units::add);
    return units;
  }

  /**
   * The same, each unit cut when it is asked for: no more than its resources are in memory. An
   * action that regroups gets all of the group's in one call, and so all of them are.
   */
  static Iterator<Unit> units(
      Job<?> job, String group, Scope home, Iterator<Resource<?>> resources) {
    if (job.aggregation() == Aggregation.RESOURCE) {
      return new Mapped<>(resources, Cutter::single);
    }
    Iterator<List<Resource<?>>> chunks =
        job.action() instanceof Action.Regrouping<?, ?> regrouping
            ? regrouped(regrouping, job, all(resources)).stream()
                .flatMap(part -> stream(new Chunks(part.iterator(), job.batchSize())))
                .iterator()
            : new Chunks(resources, job.batchSize());
    AtomicInteger number = new AtomicInteger();
    return new Mapped<>(
        chunks,
        chunk ->
            new Unit(
                group + "#" + number.getAndIncrement(),
                job.aggregation(),
                scope(job, home, chunk),
                chunk));
  }

  private static List<Resource<?>> all(Iterator<Resource<?>> resources) {
    List<Resource<?>> all = new ArrayList<>();
    resources.forEachRemaining(all::add);
    return all;
  }

  private static <T> Stream<T> stream(Iterator<T> items) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, 0), false);
  }

  private record Mapped<F, T>(Iterator<F> from, Function<F, T> map) implements Iterator<T> {
    @Override
    public boolean hasNext() {
      return from.hasNext();
    }

    @Override
    public T next() {
      return map.apply(from.next());
    }
  }

  /** So many at a time, of what is not empty. */
  private record Chunks(Iterator<Resource<?>> from, int size)
      implements Iterator<List<Resource<?>>> {
    @Override
    public boolean hasNext() {
      return from.hasNext();
    }

    @Override
    public List<Resource<?>> next() {
      List<Resource<?>> chunk = new ArrayList<>();
      do {
        chunk.add(from.next());
      } while (chunk.size() < size && from.hasNext());
      return chunk;
    }
  }

  private static Scope scope(Job<?> job, Scope home, List<Resource<?>> chunk) {
    return switch (job.aggregation()) {
      case RESOURCE, REGION -> chunk.get(0).scope();
      case ACCOUNT -> new Scope(chunk.get(0).scope().account(), home.region());
      case TASK -> home;
    };
  }

  @SuppressWarnings("unchecked") // A job's action, parameters and selected type belong together.
  private static <P extends Record, R extends Record> List<List<Resource<?>>> regrouped(
      Action.Regrouping<P, R> action, Job<?> job, List<Resource<?>> resources) {
    if (resources.isEmpty()) {
      return List.of();
    }
    List<Resource<R>> typed = new ArrayList<>();
    resources.forEach(resource -> typed.add((Resource<R>) resource));
    return Foreign.call(job, () -> action.regroup(typed, (P) job.parameters())).stream()
        .filter(part -> !part.isEmpty())
        .<List<Resource<?>>>map(List::copyOf)
        .toList();
  }
}
