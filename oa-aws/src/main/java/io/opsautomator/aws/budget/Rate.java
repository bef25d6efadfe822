package io.opsautomator.aws.budget;

/**
 * A token bucket's two numbers, as AWS states them. Immutable.
 *
 * @param perSecond tokens that are added in a second; above 0 and up to {@value #FASTEST}
 * @param burst tokens that a full bucket holds, at least 1
 */
public record Rate(double perSecond, int burst) {
  public static final double FASTEST = 10_000;

  public Rate {
    if (!(perSecond > 0 && perSecond <= FASTEST)) {
      throw new IllegalArgumentException(
          "perSecond is " + perSecond + ", not above 0 and up to " + FASTEST);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("burst is " + burst + ", not at least 1");
    }
  }
}
