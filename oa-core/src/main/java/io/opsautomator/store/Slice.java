package io.opsautomator.store;

import io.opsautomator.resource.Scope;
import java.util.List;
import java.util.Optional;

/**
 * One account and region of a run's selection, as stored. Immutable.
 *
 * @param epoch the number of claims so far
 * @param lease empty unless somebody is listing
 * @param end empty while LISTING
 */
public record Slice(Scope scope, long epoch, Optional<Lease> lease, Optional<End> end) {

  public static Slice listing(Scope scope) {
    return new Slice(scope, 0, Optional.empty(), Optional.empty());
  }

  /**
   * How a listing ended: sealed, when it came to its end, or failed for a reason.
   *
   * @param counted what it came to; empty if it failed, or was sealed by an earlier version
   */
  public record End(boolean sealed, int pages, String reason, Optional<Counted> counted) {
    public static End sealed(int pages) {
      return new End(true, pages, "", Optional.empty());
    }

    public static End sealed(int pages, Counted counted) {
      return new End(true, pages, "", Optional.of(counted));
    }

    public static End failed(int pages, String reason) {
      return new End(false, pages, reason, Optional.empty());
    }
  }

  /**
   * What a complete listing came to.
   *
   * @param listed resources, before filtering
   * @param selected those of them that were kept
   * @param omitted why the others were not; a few reasons, the most frequent first
   */
  public record Counted(int listed, int selected, List<Omission> omitted) {
    public Counted {
      omitted = List.copyOf(omitted);
    }

    /**
     * What those of the slices come to that were listed to their end; empty where that is not known
     * of one of them.
     */
    public static Optional<Counted> of(List<Slice> slices) {
      List<Optional<Counted>> parts =
          slices.stream().filter(Slice::sealed).map(s -> s.end().flatMap(End::counted)).toList();
      if (parts.stream().anyMatch(Optional::isEmpty)) {
        return Optional.empty();
      }
      Omissions omitted = new Omissions();
      parts.forEach(part -> part.orElseThrow().omitted().forEach(omitted::add));
      int listed = parts.stream().mapToInt(part -> part.orElseThrow().listed()).sum();
      int selected = parts.stream().mapToInt(part -> part.orElseThrow().selected()).sum();
      return Optional.of(new Counted(listed, selected, omitted.mostFrequentFirst()));
    }
  }

  public boolean sealed() {
    return end.filter(End::sealed).isPresent();
  }

  public boolean failed() {
    return end.filter(e -> !e.sealed()).isPresent();
  }
}
