package io.opsautomator.aws;

import io.opsautomator.action.ActionException;
import io.opsautomator.resource.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Which role is assumed where. A blank name counts as none. Immutable. */
record Roles(
    Optional<String> everywhere,
    Map<Scope.AccountId, String> special,
    Optional<String> externalId,
    Terms terms) {
  static final Roles NONE =
      new Roles(
          Optional.empty(), Map.of(), Optional.empty(), new Terms(SessionTerms.DEFAULT, Map.of()));

  /** Terms of all sessions, and of those of some roles by name. */
  record Terms(SessionTerms usual, Map<String, SessionTerms> special) {
    Terms {
      special = Map.copyOf(special);
    }

    SessionTerms of(String arn) {
      return special.getOrDefault(arn.substring(arn.indexOf('/') + 1), usual);
    }
  }

  /** IAM's characters for role names and paths. */
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+(/[\\w+=,.@-]+)*");

  /** IAM's longest path and name. */
  private static final int LONGEST_NAME = 512 + 64;

  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  Roles {
    special = Map.copyOf(special);
  }

  Roles withDefault(String name) {
    return new Roles(Optional.of(checked(name)), special, externalId, terms);
  }

  Roles with(Scope.AccountId account, String name) {
    Map<Scope.AccountId, String> more = new HashMap<>(special);
    more.put(account, checked(name));
    return new Roles(everywhere, more, externalId, terms);
  }

  Roles withExternalId(String id) {
    if (!EXTERNAL_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "not an external id: '" + id + "'; 2 to 1224 letters, digits and _+=,.@:/-");
    }
    return new Roles(everywhere, special, Optional.of(id), terms);
  }

  Roles with(SessionTerms usual) {
    return new Roles(everywhere, special, externalId, new Terms(usual, terms.special()));
  }

  Roles with(String role, SessionTerms own) {
    Map<String, SessionTerms> more = new HashMap<>(terms.special());
    more.put(checked(role), own);
    return new Roles(everywhere, special, externalId, new Terms(terms.usual(), more));
  }

  private static String checked(String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not the name of a role: '" + name + "'; name it without ARN, such as OpsAutomator");
    }
    return name;
  }

  /**
   * The ARN to assume; empty for the credentials of this process. {@code own} is only asked where
   * it matters, since that may take a call.
   *
   * @param named by the caller, such as a task's
   */
  Optional<String> arn(Scope scope, Optional<String> named, Supplier<Scope.AccountId> own) {
    Optional<String> explicit =
        named
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(name -> usable(name, scope))
            .or(() -> Optional.ofNullable(special.get(scope.account())));
    if (explicit.isEmpty() && own.get().equals(scope.account())) {
      return Optional.empty();
    }
    String name = explicit.or(() -> everywhere).orElseThrow(() -> noRole(scope, own.get()));
    return Optional.of(
        "arn:" + partition(scope.region()) + ":iam::" + scope.account().value() + ":role/" + name);
  }

  private static String usable(String name, Scope scope) {
    try {
      return checked(name);
    } catch (IllegalArgumentException wrong) {
      throw new ActionException(
          "InvalidRole", "account " + scope.account().value() + ": " + wrong.getMessage(), wrong);
    }
  }

  private static ActionException noRole(Scope scope, Scope.AccountId own) {
    return new ActionException(
        "NoRole",
        "no role is known for account "
            + scope.account().value()
            + ", and this process works as account "
            + own.value()
            + ": name one in the task (role) or with Aws.defaults().role(...)");
  }

  /** Such as {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
  static String partition(Scope.Region region) {
    return PartitionMetadata.of(Region.of(region.value())).id();
  }
}
