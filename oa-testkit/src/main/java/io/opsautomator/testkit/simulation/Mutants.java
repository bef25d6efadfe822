package io.opsautomator.testkit.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All defects that can be planted, by the names of {@code docs/reliability.md}. The list was fixed
 * before the first of them was run.
 */
enum Mutants implements Supplier<Mutant> {
  NONE(0, () -> Mutant.NONE),
  COUNTER(1, MutantsOfGates::counter),
  LAST_RUN_FIRST(2, MutantsOfRuns::lastRunFirst),
  UNFENCED(3, MutantsOfExecutions::unfenced),
  END_COUNTED_AGAIN(4, MutantsOfRuns::endCountedAgain),
  DROPPED_ROWS(5, MutantsOfExecutions::droppedRows),
  START_IS_NO_CLAIM(6, MutantsOfExecutions::startIsNoClaim),
  CATCH_ALL(7, MutantsOfMessages::catchAll),
  STALE_OFFSET(8, MutantsOfMessages::staleOffset),
  DEAD_RETRIES(9, MutantsOfActions::deadRetries),
  SLOT_LEASE(10, MutantsOfGates::slotLease),
  NO_INTENT(11, MutantsOfActions::noIntent),
  ACKNOWLEDGE_FIRST(12, MutantsOfMessages::acknowledgeFirst),
  LOST_WAKE_UP(13, MutantsOfGates::lostWakeUp),
  NO_ANNOUNCEMENT(14, MutantsOfMessages::noAnnouncement),
  NO_WATCH(15, MutantsOfMessages::noWatch),
  FIRE_UNCONDITIONALLY(16, MutantsOfRuns::fireUnconditionally),
  FIRE_ANY_REVISION(17, MutantsOfRuns::fireAnyRevision),
  CUT_LISTING_IS_WHOLE(18, MutantsOfActions::cutListingIsWhole),
  FORGOTTEN_TOKEN(19, MutantsOfActions::forgottenToken),
  SEEN_NOT_STORED(20, MutantsOfExecutions::seenNotStored),
  RESULTS_DROPPED(21, MutantsOfExecutions::resultsDropped),
  THRESHOLD_PER_WORKER(22, MutantsOfGates::thresholdPerWorker),
  FAILURE_COUNTED_AGAIN(23, MutantsOfGates::failureCountedAgain),
  RESURRECTING_CHECK(24, MutantsOfExecutions::resurrectingCheck),
  PAGE_OVERWRITTEN(25, MutantsOfRuns::pageOverwritten),
  CLOSED_EARLY(26, MutantsOfRuns::closedEarly),
  EARLY_TAKE_OVER(27, MutantsOfExecutions::earlyTakeOver),
  SAME_EPOCH(28, MutantsOfExecutions::sameEpoch),
  ACTING_DRY_RUN(29, MutantsOfActions::actingDryRun),
  DENY_LIST_OVERRIDDEN(30, MutantsOfActions::denyListOverridden),
  OVERLAP_UNSEEN(31, MutantsOfRuns::overlapUnseen),
  REFUSAL_IS_SUCCESS(32, MutantsOfExecutions::refusalIsSuccess),
  REDRIVE_FROM_SCRATCH(33, MutantsOfExecutions::redriveFromScratch),
  NO_TAKE_OVER(34, MutantsOfExecutions::noTakeOver),
  BUDGET_PER_PROCESS(35, MutantsOfRuns::budgetPerProcess),
  TOLD_PER_POLL(36, MutantsOfMessages::toldPerPoll);

  private final int number;

  @SuppressWarnings("ImmutableEnumChecker") // It makes one for each world, and keeps none.
  private final Supplier<Mutant> fresh;

  Mutants(int number, Supplier<Mutant> fresh) {
    this.number = number;
    this.fresh = fresh;
  }

  /** Those with a defect. */
  static List<Mutants> defects() {
    return Stream.of(values()).filter(mutant -> mutant != NONE).toList();
  }

  /** By its name as on the command line, such as {@code last-run-first}. */
  static Optional<Mutants> named(String title) {
    return Stream.of(values()).filter(mutant -> mutant.title().equals(title)).findFirst();
  }

  int number() {
    return number;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One for a world of its own. */
  @Override
  public Mutant get() {
    return fresh.get();
  }
}
