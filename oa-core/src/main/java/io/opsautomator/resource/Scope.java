package io.opsautomator.resource;

import java.util.regex.Pattern;

/** Where a resource lives and where an action runs. Immutable. */
public record Scope(AccountId account, Region region) {
  public record AccountId(String value) {
    private static final int DIGITS = 12;

    public AccountId {
      if (value.length() != DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new IllegalArgumentException("not an account id: " + value);
      }
    }
  }

  public record Region(String value) {
    private static final int LONGEST = 40;
    private static final Pattern FORM = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d{1,2}");

    public Region {
      // A pattern with a loop takes stack for every part of a long text.
      if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
        throw new IllegalArgumentException("not a region: " + value);
      }
    }
  }

  public static Scope of(String account, String region) {
    return new Scope(new AccountId(account), new Region(region));
  }

  /** Such as {@code 111122223333/eu-west-1}. */
  public String key() {
    return account.value() + "/" + region.value();
  }
}
