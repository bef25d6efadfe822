package io.opsautomator.resource;

import java.util.Set;

/**
 * Where an engine may work. Looked up when a run needs it, so that a region that was opened since
 * yesterday is found. Thread-safe.
 */
public interface Territory {
  /** The account and region that the engine itself runs in. */
  Scope home();

  /**
   * What {@code *} stands for in an account.
   *
   * @throws io.opsautomator.action.ActionException if it cannot be read
   */
  Set<Scope.Region> regions(Scope.AccountId account);

  /**
   * For what is not in a cloud: one account, {@code 000000000000}, and one region, {@code
   * xx-local-1}.
   */
  static Territory local() {
    Scope home = Scope.of("000000000000", "xx-local-1");
    return of(home, Set.of(home.region()));
  }

  /** A fixed one. */
  static Territory of(Scope home, Set<Scope.Region> regions) {
    Set<Scope.Region> all = Set.copyOf(regions);
    return new Territory() {
      @Override
      public Scope home() {
        return home;
      }

      @Override
      public Set<Scope.Region> regions(Scope.AccountId account) {
        return all;
      }
    };
  }
}
