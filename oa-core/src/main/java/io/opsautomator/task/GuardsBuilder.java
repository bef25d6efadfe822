package io.opsautomator.task;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The part of a task's builder that is about its {@link Guards}. */
final class GuardsBuilder {
  private static final Duration LONGEST_PAUSE = Duration.ofDays(30);
  private static final int MOST_SHRINK = 99;

  private final Findings findings;
  private Optional<Amount> maxResources = Optional.empty();
  private Optional<Amount> maxErrors = Optional.empty();
  private OptionalInt maxPerAccount = OptionalInt.empty();
  private OptionalInt maxPerRegion = OptionalInt.empty();
  private OptionalInt maxShrink = OptionalInt.empty();
  private Optional<Amount> canary = Optional.empty();
  private Optional<Amount> waves = Optional.empty();
  private Duration pause = Duration.ZERO;

  GuardsBuilder(Findings findings) {
    this.findings = findings;
  }

  void maxResources(String amount) {
    maxResources = amount("maxResources", amount);
  }

  void maxErrors(String amount) {
    maxErrors = amount("maxErrors", amount);
  }

  void canary(String amount) {
    canary = amount("canary", amount);
  }

  void waves(String amount) {
    waves = amount("waves", amount);
  }

  private Optional<Amount> amount(String field, String amount) {
    findings.once(field);
    return findings.read("ERR_INVALID_AMOUNT", field, amount, Amount::parse);
  }

  void maxPerAccount(int resources) {
    maxPerAccount = OptionalInt.of(findings.positive("maxPerAccount", resources));
  }

  void maxPerRegion(int resources) {
    maxPerRegion = OptionalInt.of(findings.positive("maxPerRegion", resources));
  }

  void maxShrink(int percent) {
    findings.once("maxShrink");
    maxShrink = OptionalInt.of(percent);
    if (percent < 0 || percent > MOST_SHRINK) {
      String never = percent > MOST_SHRINK ? "; nothing could ever shrink by more" : "";
      findings.wrong(
          "ERR_INVALID_AMOUNT",
          "maxShrink",
          "'" + percent + "' is not a percentage from 0 to " + MOST_SHRINK + never);
    }
  }

  void pause(Duration between) {
    findings.once("pause");
    pause = between;
    if (between.isNegative() || between.isZero() || between.compareTo(LONGEST_PAUSE) > 0) {
      findings.wrong(
          "ERR_INVALID_PAUSE",
          "pause",
          "'"
              + between
              + "' is not a time between nothing and "
              + LONGEST_PAUSE.toDays()
              + " days");
    }
  }

  void approve() {
    findings.once("approve");
  }

  /** Finds what goes with nothing. */
  void check() {
    if (!findings.given("canary") && !findings.given("waves")) {
      needsWaves("pause", "to pause between");
      needsWaves("approve", "to approve");
    }
  }

  private void needsWaves(String field, String what) {
    if (findings.given(field)) {
      findings.wrong(
          "ERR_NO_WAVES",
          field,
          "is set, but there are no waves " + what + "; set canary or waves, too");
    }
  }

  /** To be called only if nothing was found. */
  Guards build() {
    Optional<Rollout> rollout =
        canary.isPresent() || waves.isPresent()
            ? Optional.of(new Rollout(canary, waves, pause, findings.given("approve")))
            : Optional.empty();
    return new Guards(maxResources, maxErrors, maxPerAccount, maxPerRegion, maxShrink, rollout);
  }
}
