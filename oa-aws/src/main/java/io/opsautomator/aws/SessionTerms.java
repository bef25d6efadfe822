package io.opsautomator.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is asked for when a role is assumed, besides the role: under which name, with which tags,
 * bounded by which policy, for how long. Immutable.
 *
 * <p>The name is in every line of the other account's CloudTrail. Tags are there, too, and the
 * role's policies can ask for them; its trust policy must allow {@code sts:TagSession}. A policy
 * takes away from what the role may do, and never adds. Limits: "AssumeRole" in the AWS Security
 * Token Service API reference. STS packs tags and policy together and may find them too large
 * before these limits are reached.
 *
 * @param name 2 to 64 letters, digits and {@code _+=,.@-}
 * @param tags up to 50
 * @param policy a session policy as JSON, up to 2,048 characters
 * @param length from 15 minutes to 12 hours, and no longer than the role allows; an hour is the
 *     most for who has assumed a role already. Empty for AWS's default, an hour
 */
public record SessionTerms(
    String name, Map<String, String> tags, Optional<String> policy, Optional<Duration> length) {
  private static final int LONGEST_NAME = 64;
  private static final int MOST_TAGS = 50;
  private static final int LONGEST_POLICY = 2048;
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern NOT_OF_A_NAME = Pattern.compile("[^\\w+=,.@-]+");
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

  /** The name {@code OpsAutomator} and nothing else. */
  public static final SessionTerms DEFAULT =
      new SessionTerms("OpsAutomator", Map.of(), Optional.empty(), Optional.empty());

  public SessionTerms {
    require(
        NAME.matcher(name).matches(), "session name", name, "2 to 64 letters, digits and _+=,.@-");
    require(tags.size() <= MOST_TAGS, "number of session tags", tags.size(), "at most 50");
    tags.forEach(SessionTerms::check);
    tags = Map.copyOf(tags);
    policy.ifPresent(
        json ->
            require(
                !json.isBlank() && json.length() <= LONGEST_POLICY,
                "length of a session policy",
                json.length(),
                "1 to 2048 characters"));
    length.ifPresent(
        time ->
            require(
                time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0,
                "length of a session",
                time,
                "15 minutes to 12 hours"));
  }

  private static void check(String key, String value) {
    require(
        KEY.matcher(key).matches(),
        "key of a session tag",
        key,
        "1 to 128 letters, digits, spaces and _.:/=+-@");
    require(
        VALUE.matcher(value).matches(),
        "value of the session tag " + key,
        value,
        "up to 256 letters, digits, spaces and _.:/=+-@");
  }

  private static void require(boolean good, String what, Object given, String allowed) {
    if (!good) {
      throw new IllegalArgumentException(what + " is '" + given + "'; it must be " + allowed);
    }
  }

  public SessionTerms named(String name) {
    return new SessionTerms(name, tags, policy, length);
  }

  /**
   * Named after the deployment and the worker, so that CloudTrail tells which of many it was. What
   * cannot stand in a name becomes a hyphen; what is too long loses its middle.
   */
  public SessionTerms namedAfter(String deployment, String worker) {
    String all = NOT_OF_A_NAME.matcher(deployment + "@" + worker).replaceAll("-");
    String name =
        all.length() <= LONGEST_NAME
            ? all
            : all.substring(0, LONGEST_NAME / 2) + all.substring(all.length() - LONGEST_NAME / 2);
    return named(name);
  }

  public SessionTerms tagged(String key, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(key, value);
    return new SessionTerms(name, more, policy, length);
  }

  public SessionTerms bounded(String policy) {
    return new SessionTerms(name, tags, Optional.of(policy), length);
  }

  public SessionTerms lasting(Duration length) {
    return new SessionTerms(name, tags, policy, Optional.of(length));
  }
}
