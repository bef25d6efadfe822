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
  NONE(0, Invariant.I1, () -> Mutant.NONE),
  COUNTER(1, Invariant.I2, MutantsOfGates::counter),
  LAST_RUN_FIRST(2, Invariant.R1, MutantsOfRuns::lastRunFirst),
  UNFENCED(3, Invariant.R3, MutantsOfExecutions::unfenced),
  END_COUNTED_AGAIN(4, Invariant.I12, MutantsOfRuns::endCountedAgain),
  DROPPED_ROWS(5, Invariant.R12, MutantsOfExecutions::droppedRows),
  START_IS_NO_CLAIM(6, Invariant.I3, MutantsOfExecutions::startIsNoClaim),
  CATCH_ALL(7, Invariant.R10, MutantsOfMessages::catchAll),
  STALE_OFFSET(8, Invariant.L3, MutantsOfMessages::staleOffset),
  DEAD_RETRIES(9, Invariant.R5, MutantsOfActions::deadRetries),
  SLOT_LEASE(10, Invariant.I2, MutantsOfGates::slotLease),
  NO_INTENT(11, Invariant.I6, MutantsOfActions::noIntent),
  ACKNOWLEDGE_FIRST(12, Invariant.R10, MutantsOfMessages::acknowledgeFirst),
  LOST_WAKE_UP(13, Invariant.R11, MutantsOfGates::lostWakeUp),
  NO_ANNOUNCEMENT(14, Invariant.R11, MutantsOfMessages::noAnnouncement),
  NO_WATCH(15, Invariant.L1, MutantsOfMessages::noWatch),
  FIRE_UNCONDITIONALLY(16, Invariant.I7, MutantsOfRuns::fireUnconditionally),
  FIRE_ANY_REVISION(17, Invariant.I8, MutantsOfRuns::fireAnyRevision),
  CUT_LISTING_IS_WHOLE(18, Invariant.I10, MutantsOfActions::cutListingIsWhole),
  FORGOTTEN_TOKEN(19, Invariant.R2, MutantsOfActions::forgottenToken),
  SEEN_NOT_STORED(20, Invariant.R4, MutantsOfExecutions::seenNotStored),
  RESULTS_DROPPED(21, Invariant.R2, MutantsOfExecutions::resultsDropped),
  THRESHOLD_PER_WORKER(22, Invariant.I11, MutantsOfGates::thresholdPerWorker),
  FAILURE_COUNTED_AGAIN(23, Invariant.R6, MutantsOfGates::failureCountedAgain),
  RESURRECTING_CHECK(24, Invariant.I5, MutantsOfExecutions::resurrectingCheck),
  PAGE_OVERWRITTEN(25, Invariant.I10, MutantsOfRuns::pageOverwritten),
  CLOSED_EARLY(26, Invariant.I12, MutantsOfRuns::closedEarly),
  EARLY_TAKE_OVER(27, Invariant.I3, MutantsOfExecutions::earlyTakeOver),
  SAME_EPOCH(28, Invariant.I3, MutantsOfExecutions::sameEpoch),
  ACTING_DRY_RUN(29, Invariant.R13, MutantsOfActions::actingDryRun),
  DENY_LIST_OVERRIDDEN(30, Invariant.R7, MutantsOfActions::denyListOverridden),
  OVERLAP_UNSEEN(31, Invariant.I9, MutantsOfRuns::overlapUnseen),
  REFUSAL_IS_SUCCESS(32, Invariant.R8, MutantsOfExecutions::refusalIsSuccess),
  REDRIVE_FROM_SCRATCH(33, Invariant.R2, MutantsOfExecutions::redriveFromScratch),
  NO_TAKE_OVER(34, Invariant.L1, MutantsOfExecutions::noTakeOver),
  BUDGET_PER_PROCESS(35, Invariant.R7, MutantsOfRuns::budgetPerProcess),
  TOLD_PER_POLL(36, Invariant.R8, MutantsOfMessages::toldPerPoll),
  FORGOTTEN_FOLLOWERS(37, Invariant.R15, MutantsOfRuns::forgottenFollowers),
  LIMIT_PER_REGION_WIDENED(38, Invariant.R16, MutantsOfGates::limitPerRegionWidened),
  ANY_SLOT(39, Invariant.I2, Shelf.DYNAMODB, MutantsOfTables::anySlot),
  CLAIM_OF_ANY(40, Invariant.I3, Shelf.DYNAMODB, MutantsOfTables::claimOfAny),
  VERSION_UNSEEN(41, Invariant.R3, Shelf.DYNAMODB, MutantsOfTables::versionUnseen),
  BATCH_LEFT_UNDONE(42, Invariant.R12, Shelf.DYNAMODB, MutantsOfTables::batchLeftUndone);

  private final int number;
  private final Invariant expected;
  private final Shelf shelf;

  @SuppressWarnings("ImmutableEnumChecker") // It makes one for each world, and keeps none.
  private final Supplier<Mutant> fresh;

  Mutants(int number, Invariant expected, Supplier<Mutant> fresh) {
    this(number, expected, Shelf.MEMORY, fresh);
  }

  Mutants(int number, Invariant expected, Shelf shelf, Supplier<Mutant> fresh) {
    this.number = number;
    this.expected = expected;
    this.shelf = shelf;
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

  /** What it was written to break; another may notice it earlier. */
  Invariant expected() {
    return expected;
  }

  /** Where the store is that it is a defect of. */
  Shelf shelf() {
    return shelf;
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
