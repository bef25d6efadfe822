package io.opsautomator.resource;

import io.opsautomator.InvalidExpressionException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Resources named by a pattern of their ARN, such as {@code arn:*:ec2:*:*:instance/i-0a*}.
 *
 * <p>Six parts, each matched as a whole and on its own: {@code *} stands for any letters within its
 * part, {@code ?} for one. Meant for keeping away from resources, so in doubt it matches:
 *
 * <ul>
 *   <li>A region or account that is left empty stands for any. AWS leaves the account out of the
 *       ARNs of snapshots; a pattern with it and one without both match them.
 *   <li>A resource of a kind that has no ARN is matched by service, region, account and its id: by
 *       the pattern's last part, and by what follows its last {@code /} or {@code :}.
 * </ul>
 *
 * <p>Immutable and thread-safe; equal when their texts are. Matching takes time bounded by the
 * product of the lengths.
 */
public final class ArnPattern {
  private static final List<String> NAMES =
      List.of("arn", "partition", "service", "region", "account", "resource");
  private static final int LONGEST = 2048;
  private static final int ACCOUNT_DIGITS = 12;

  private final String text;
  private final List<Glob> parts;

  private ArnPattern(String text, List<String> parts) {
    this.text = text;
    this.parts = parts.stream().map(Glob::new).toList();
  }

  /**
   * Reads a pattern; blanks around it do not matter.
   *
   * @throws InvalidExpressionException if it is none, or one that could never match, with a caret
   *     under the fault
   */
  public static ArnPattern parse(String pattern) {
    String text = pattern.strip();
    List<String> parts = Arrays.asList(text.split(":", Arn.PARTS));
    if (parts.size() < Arn.PARTS) {
      throw new InvalidExpressionException(
          text,
          text.length(),
          "an ARN pattern has six parts, "
              + String.join(":", NAMES)
              + ", and this has "
              + parts.size()
              + "; write * for a part that does not matter");
    }
    if (text.length() > LONGEST) {
      throw new InvalidExpressionException(
          text, LONGEST, "an ARN pattern has at most " + LONGEST + " letters");
    }
    for (int i = 0; i < Arn.PARTS; i++) {
      check(text, parts, i);
    }
    return new ArnPattern(text, parts);
  }

  private static void check(String text, List<String> parts, int i) {
    String part = parts.get(i);
    Optional<String> fault =
        switch (NAMES.get(i)) {
          case "arn" -> unless(part.equals("arn"), "an ARN begins with arn");
          case "partition" -> partition(part);
          case "service" ->
              unless(part.matches("[a-z0-9*?-]+"), "a service is small letters, digits and -");
          case "region" ->
              unless(part.matches("[a-z0-9*?-]*"), "a region is small letters, digits and -");
          case "account" -> account(part);
          default -> unless(!part.isEmpty(), "the resource is missing");
        };
    if (fault.isPresent()) {
      int column = parts.subList(0, i).stream().mapToInt(before -> before.length() + 1).sum();
      throw new InvalidExpressionException(text, column, fault.get());
    }
  }

  private static Optional<String> partition(String part) {
    String known = String.join(", ", Arn.knownPartitions());
    return unless(
        part.equals("*") || Arn.knownPartitions().contains(part),
        "a partition is * or one of " + known);
  }

  private static Optional<String> account(String part) {
    int letters = part.replace("*", "").length();
    boolean fits = part.contains("*") ? letters <= ACCOUNT_DIGITS : letters == ACCOUNT_DIGITS;
    return unless(
        part.isEmpty() || (fits && part.matches("[0-9*?]+")),
        "an account has " + ACCOUNT_DIGITS + " digits, and this could never match one");
  }

  private static Optional<String> unless(boolean good, String fault) {
    return good ? Optional.empty() : Optional.of(fault);
  }

  /** Whether a resource is, or for want of an ARN may be, one of those that are meant. */
  public boolean matches(Resource<?> resource) {
    Scope scope = resource.scope();
    boolean there =
        partition(scope.region())
            && emptyOr(3, scope.region().value())
            && emptyOr(4, scope.account().value());
    return there
        && Arn.of(resource)
            .map(arn -> part(2, arn.service()) && part(5, arn.resource()))
            .orElseGet(() -> part(2, resource.type().service()) && named(resource.id()));
  }

  private boolean partition(Scope.Region region) {
    return part(1, Arn.partition(region));
  }

  private boolean part(int i, String value) {
    return parts.get(i).matches(value);
  }

  private boolean emptyOr(int i, String value) {
    return parts.get(i).toString().isEmpty() || part(i, value);
  }

  private boolean named(String id) {
    String resource = parts.get(5).toString();
    int last = Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':'));
    return part(5, id) || new Glob(resource.substring(last + 1)).matches(id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArnPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
