package io.opsautomator.action;

import java.util.Optional;

/**
 * Which role calls are to be made under, as far as a task or an action says. Immutable.
 *
 * @param name without ARN, with its path if it has one; empty leaves the choice to the embedder
 * @param externalId what the role's trust policy asks for; empty leaves it to the embedder
 */
public record Role(Optional<String> name, Optional<String> externalId) {
  /** Whatever the embedder has configured. */
  public static final Role DEFAULT = new Role(Optional.empty(), Optional.empty());

  /** A blank name counts as none. */
  public static Role named(String name) {
    return new Role(Optional.of(name).filter(text -> !text.isBlank()), Optional.empty());
  }
}
