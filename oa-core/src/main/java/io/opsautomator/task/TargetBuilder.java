package io.opsautomator.task;

import io.opsautomator.resource.AttributeFilter;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.TagFilter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a task's builder that is about what it does it to. */
final class TargetBuilder {
  private static final String ROLE = "[A-Za-z0-9_+=,.@-]{1,64}";

  private final Findings findings;
  private boolean thisAccount = true;
  private final Set<Scope.AccountId> accounts = new LinkedHashSet<>();
  private int accountsGiven;
  private Regions regions = new Regions.Home();
  private @Nullable String role;
  private @Nullable String externalId;
  private @Nullable TagFilter tags;
  private @Nullable AttributeFilter attributes;

  TargetBuilder(Findings findings) {
    this.findings = findings;
  }

  void accounts(String... numbers) {
    for (String number : numbers) {
      String field = "accounts[" + accountsGiven++ + "]";
      if (number.matches("[0-9]{12}")) {
        accounts.add(new Scope.AccountId(number));
      } else {
        findings.wrong(
            "ERR_INVALID_ACCOUNT_NUMBER_FORMAT",
            field,
            "'" + number + "' is not an account number of 12 digits");
      }
    }
  }

  void onlyOtherAccounts() {
    findings.once("thisAccount");
    thisAccount = false;
  }

  void regions(String... names) {
    findings.once("regions");
    if (List.of(names).contains("*")) {
      regions = new Regions.Every();
      if (names.length > 1) {
        findings.wrong("ERR_BAD_REGION", "regions", "'*' stands alone, it means all regions");
      }
      return;
    }
    Set<Scope.Region> named = new LinkedHashSet<>();
    for (int i = 0; i < names.length; i++) {
      findings
          .read("ERR_BAD_REGION", "regions[" + i + "]", names[i], KnownRegions::check)
          .ifPresent(named::add);
    }
    regions = named.isEmpty() ? new Regions.Home() : new Regions.Named(named);
  }

  void role(String newRole) {
    findings.once("crossAccountRole");
    role = newRole;
    if (!newRole.matches(ROLE)) {
      findings.wrong(
          "ERR_INVALID_ROLE_NAME",
          "crossAccountRole",
          "'"
              + newRole
              + "' is not the name of a role: 1 to 64 letters, digits and _+=,.@-;"
              + " give its name, not its ARN");
    }
  }

  void externalId(String id) {
    findings.once("externalId");
    externalId = id;
    if (!id.matches("[\\w+=,.@:/-]{2,1224}")) {
      findings.wrong(
          "ERR_INVALID_EXTERNAL_ID",
          "externalId",
          "'" + id + "' is not an external id: 2 to 1224 letters, digits and _+=,.@:/-");
    }
  }

  void where(String filter) {
    findings.once("tagFilter");
    tags = filter("tagFilter", filter).orElse(null);
  }

  void whereAttributes(String expression) {
    findings.once("attributes");
    attributes =
        findings
            .read("ERR_INVALID_ATTRIBUTES", "attributes", expression, AttributeFilter::parse)
            .orElse(null);
  }

  /** Empty, and told, if it is no filter. */
  Optional<TagFilter> filter(String field, String expression) {
    return findings.read("ERR_INVALID_TAG_FILTER", field, expression, TagFilter::ofTask);
  }

  /** Finds what leaves nowhere to work. */
  void check() {
    if (!thisAccount && accounts.isEmpty()) {
      findings.wrong(
          "ERR_THIS_ACCOUNT_MUST_BE_TRUE",
          "thisAccount",
          "is off and no other accounts are given, so there is nowhere to work");
    }
  }

  /** To be called only if nothing was found. */
  Task.Target build() {
    return new Task.Target(
        thisAccount,
        accounts,
        regions,
        Optional.ofNullable(role),
        Optional.ofNullable(externalId),
        Optional.ofNullable(tags),
        Optional.ofNullable(attributes));
  }
}
