package io.opsautomator.store;

import io.opsautomator.resource.Scope;
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

  /** How a listing ended: sealed, when it came to its end, or failed for a reason. */
  public record End(boolean sealed, int pages, String reason) {
    public static End sealed(int pages) {
      return new End(true, pages, "");
    }

    public static End failed(int pages, String reason) {
      return new End(false, pages, reason);
    }
  }

  public boolean sealed() {
    return end.filter(End::sealed).isPresent();
  }

  public boolean failed() {
    return end.filter(e -> !e.sealed()).isPresent();
  }
}
