package io.opsautomator.resource;

import io.opsautomator.action.Invocation;
import java.util.List;
import java.util.Optional;

/**
 * Lists the resources of one kind, a page at a time, so that a listing can be resumed after a crash
 * and never has to fit into memory. Implemented once per resource type. Stateless and thread-safe.
 * It only reads.
 */
public interface ResourceSelector<R extends Record> {
  ResourceType<R> type();

  /**
   * One page of all resources in the caller's scope. Fails closed: what cannot be read is an
   * exception, never a shorter page.
   *
   * @param token from the page before; empty for the first page
   * @throws io.opsautomator.action.RefusedException if the service refuses, such as for a missing
   *     permission
   * @throws io.opsautomator.action.TransientException if the page may be had later
   */
  Listing<R> list(Invocation caller, Query query, Optional<String> token);

  /**
   * Those of these resources of the caller's scope that are there now, as they are now, in any
   * order: what {@link #list} would list, and nothing is left out that is there.
   *
   * @param ids at least one, without duplicates
   * @return empty if this selector cannot look at single resources; then nothing of this kind is
   *     checked again before it is acted on
   * @throws io.opsautomator.action.RefusedException as for {@link #list}
   * @throws io.opsautomator.action.TransientException as for {@link #list}
   */
  default Optional<List<Resource<R>>> find(Invocation caller, List<String> ids) {
    return Optional.empty();
  }

  /**
   * What may be left out at the source already; a selector is free to ignore it. {@code tagKey}:
   * only with this tag.
   */
  record Query(Optional<String> tagKey) {
    public static final Query ALL = new Query(Optional.empty());
  }

  /** One page. Immutable. {@code next} is empty on the last page, and only there. */
  record Listing<R extends Record>(List<Resource<R>> resources, Optional<String> next) {
    public Listing {
      resources = List.copyOf(resources);
    }
  }
}
