package io.opsautomator.resource;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What no task may touch, whatever it says: accounts, resources with certain tags, and resources by
 * ARN. The operator's, as {@link OptOut} is the resource owner's. Immutable and thread-safe.
 *
 * <p>Any one entry that matches denies, and in doubt an entry matches: see {@link ArnPattern}.
 *
 * @param accounts in which nothing is touched
 * @param tags filters as a task's; what any of them selects is not touched
 * @param resources patterns of ARNs
 */
public record Denylist(
    Set<Scope.AccountId> accounts, List<TagFilter> tags, List<ArnPattern> resources) {
  /** Denies nothing. */
  public static final Denylist NONE = new Denylist(Set.of(), List.of(), List.of());

  public Denylist {
    accounts = Collections.unmodifiableSet(new LinkedHashSet<>(accounts));
    tags = List.copyOf(tags);
    resources = List.copyOf(resources);
  }

  /** Whether the whole account is denied. */
  public boolean deniesAccount(Scope.AccountId account) {
    return accounts.contains(account);
  }

  /**
   * Why a resource must not be touched, naming the entry that says so; empty if it may be.
   *
   * @return words that go on after the resource's name, such as {@code is on the deny list: its
   *     tags match env=prod}
   */
  public Optional<String> denies(Resource<?> resource) {
    if (deniesAccount(resource.scope().account())) {
      return why("it is in account " + resource.scope().account().value());
    }
    Map<String, String> carried = resource.tags();
    Optional<TagFilter> tagged = tags.stream().filter(f -> f.matches(carried)).findFirst();
    if (tagged.isPresent()) {
      return why("its tags match " + tagged.get());
    }
    return resources.stream()
        .filter(pattern -> pattern.matches(resource))
        .findFirst()
        .flatMap(pattern -> why("it matches " + pattern));
  }

  private static Optional<String> why(String entry) {
    return Optional.of("is on the deny list: " + entry);
  }
}
