package io.opsautomator.action;

/**
 * How sure we are that what was asked of one resource is so, and in which words the service said
 * it. Immutable.
 */
public record Evidence(Kind kind, String detail) {
  public enum Kind {
    CONFIRMED,
    REQUESTED,
    UNKNOWN,
    CONTRADICTED
  }

  public static Evidence confirmed(String observed) {
    return new Evidence(Kind.CONFIRMED, observed);
  }

  /** The service accepted it; nobody has looked since. */
  public static Evidence requested(String accepted) {
    return new Evidence(Kind.REQUESTED, accepted);
  }

  public static Evidence unknown(String why) {
    return new Evidence(Kind.UNKNOWN, why);
  }

  /** It was looked at, and it is not so. */
  public static Evidence contradicted(String observed) {
    return new Evidence(Kind.CONTRADICTED, observed);
  }
}
