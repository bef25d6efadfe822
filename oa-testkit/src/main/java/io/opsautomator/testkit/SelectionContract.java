package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.LEASE;
import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.fenced;
import static io.opsautomator.testkit.StoreItems.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Lease;
import io.opsautomator.store.Page;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Selections.Tally;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Store;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store has to keep of what runs have listed. */
abstract class SelectionContract {
  private static final RunId RUN = StoreItems.runId(1);
  private static final RunId OTHER = StoreItems.runId(2);
  private static final Scope IRELAND = Scope.of("111122223333", "eu-west-1");
  private static final Scope OHIO = Scope.of("111122223333", "us-east-2");
  private static final Scope PARIS = Scope.of("000022223333", "eu-west-3");

  abstract Store store();

  private Selections selections() {
    return store().selections();
  }

  private Slice claimed() {
    selections().fanOut(RUN, List.of(IRELAND));
    return applied(selections().claim(RUN, IRELAND, at(NOON, "worker-1")));
  }

  private static Claimant at(Instant now, String worker) {
    return new Claimant(worker, now.plus(LEASE), now);
  }

  private static Page page(int number, String item) {
    return new Page(
        IRELAND, number, List.of(new Page.Item(item, "{}")), number, Optional.of("t" + number));
  }

  private static Batch batch(String group, int number, int size, boolean last) {
    List<ExecutionId> ids =
        IntStream.range(0, size)
            .mapToObj(i -> ExecutionId.of(RUN, group + "/" + number + "/" + i))
            .toList();
    return Batch.fresh(new BatchId(group, number), ids, last);
  }

  @Test
  void fanningOutTwiceMakesEachSliceOnce() {
    assertThat(selections().fanOut(RUN, List.of(OHIO, IRELAND)))
        .containsExactly(Slice.listing(OHIO), Slice.listing(IRELAND));
    Slice claimed = applied(selections().claim(RUN, IRELAND, at(NOON, "worker-1")));
    assertThat(selections().fanOut(RUN, List.of(PARIS, IRELAND, OHIO)))
        .containsExactly(Slice.listing(OHIO), claimed, Slice.listing(PARIS));
    assertThat(selections().slices(RUN)).hasSize(3);
    assertThat(selections().slices(OTHER)).isEmpty();
  }

  @Test
  void anUnknownSliceIsAbsent() {
    assertThat(selections().claim(RUN, OHIO, at(NOON, "w"))).isEqualTo(new Write.Absent<>());
    assertThat(selections().end(RUN, OHIO, 1, Slice.End.sealed(0))).isEqualTo(new Write.Absent<>());
  }

  @Test
  void aSliceIsListedByOneWorkerUntilItsLeaseIsOver() {
    Slice first = claimed();
    assertThat(first.epoch()).isEqualTo(1);
    assertThat(first.lease()).contains(new Lease("worker-1", 1, NOON.plus(LEASE)));
    Instant over = NOON.plus(LEASE);
    assertThat(refused(selections().claim(RUN, IRELAND, at(over, "worker-2")))).isEqualTo(first);
    Slice second = applied(selections().claim(RUN, IRELAND, at(over.plusNanos(1), "worker-2")));
    assertThat(second.epoch()).isEqualTo(2);
    assertThat(fenced(selections().end(RUN, IRELAND, 1, Slice.End.sealed(1)))).isEqualTo(second);
    assertThat(selections().slices(RUN)).containsExactly(second);
  }

  @Test
  void w12_aSliceEndsOnceSealedOrFailed() {
    Slice claimed = claimed();
    Slice.End failed = Slice.End.failed(1, "denied");
    Slice ended = applied(selections().end(RUN, IRELAND, claimed.epoch(), failed));
    assertThat(ended.failed()).isTrue();
    assertThat(ended.lease()).isEmpty();
    assertThat(refused(selections().end(RUN, IRELAND, claimed.epoch(), Slice.End.sealed(1))))
        .isEqualTo(ended);
    assertThat(refused(selections().claim(RUN, IRELAND, at(NOON.plusSeconds(9999), "w"))))
        .isEqualTo(ended);
  }

  @Test
  void aPageIsWrittenOnceAndTheSecondWriterGoesOnFromTheFirst() {
    Page first = page(0, "i-1");
    assertThat(applied(selections().append(RUN, first))).isEqualTo(first);
    assertThat(refused(selections().append(RUN, page(0, "i-2")))).isEqualTo(first);
    applied(selections().append(RUN, page(1, "i-3")));
    assertThat(selections().pages(RUN, IRELAND, 0, 10)).containsExactly(first, page(1, "i-3"));
  }

  @Test
  void pagesHaveNoGaps() {
    assertThatThrownBy(() -> selections().append(RUN, page(1, "i-1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(selections().pages(RUN, IRELAND, 0, 10)).isEmpty();
  }

  @Test
  void aSliceThatHasEndedTakesNoMorePages() {
    Slice claimed = claimed();
    Page first = page(0, "i-1");
    applied(selections().append(RUN, first));
    applied(selections().end(RUN, IRELAND, claimed.epoch(), Slice.End.sealed(1)));

    assertThat(selections().append(RUN, page(1, "i-2"))).isEqualTo(new Write.Absent<>());
    assertThat(refused(selections().append(RUN, page(0, "i-3")))).isEqualTo(first);
    assertThat(selections().pages(RUN, IRELAND, 0, 10)).containsExactly(first);
  }

  @Test
  void aPageRemembersThatTheListingBeganAnew() {
    Page anew = new Page(IRELAND, 0, List.of(), 3, Optional.empty(), List.of(), true);
    selections().append(RUN, anew);
    assertThat(selections().pages(RUN, IRELAND, 0, 10)).containsExactly(anew);
  }

  @Test
  void oneSliceIsReadAsAllAre() {
    Slice claimed = claimed();
    assertThat(selections().slice(RUN, IRELAND)).contains(claimed);
    assertThat(selections().slice(RUN, OHIO)).isEmpty();
    assertThat(selections().slice(OTHER, IRELAND)).isEmpty();
  }

  @Test
  void batchesAreReadAPartAtATime() {
    List<Batch> batches =
        List.of(
            batch("*", 0, 1, false),
            batch("*", 11, 1, false),
            batch("a", 0, 1, true),
            batch("a/b", 0, 0, true));
    List.of(3, 1, 0, 2).forEach(i -> selections().dispatched(RUN, batches.get(i)));

    assertThat(selections().batches(RUN, Optional.empty(), 2)).isEqualTo(batches.subList(0, 2));
    assertThat(selections().batches(RUN, Optional.of(batches.get(1).id()), 9))
        .isEqualTo(batches.subList(2, 4));
    assertThat(selections().batches(RUN, Optional.of(new BatchId("*", 5)), 1))
        .containsExactly(batches.get(1));
    assertThat(selections().batches(RUN, Optional.of(batches.get(3).id()), 9)).isEmpty();
    assertThat(selections().batches(OTHER, Optional.empty(), 9)).isEmpty();
  }

  @Test
  void itIsKnownWhetherAnythingIsOpenAndWhatIsWhole() {
    assertThat(selections().anyOpen(RUN)).isFalse();
    selections().dispatched(RUN, batch("a", 0, 1, false));
    selections().dispatched(RUN, batch("b", 0, 0, true));
    assertThat(selections().anyOpen(RUN)).isTrue();
    assertThat(selections().anyOpen(OTHER)).isFalse();
    assertThat(selections().wholeGroups(RUN)).containsExactly("b");
    Batch last = batch("a", 1, 0, true);
    selections().dispatched(RUN, last);
    selections().ended(RUN, new BatchId("a", 0), 0, new Ends(Set.of(0), Set.of(), Set.of()));
    assertThat(selections().anyOpen(RUN)).isFalse();
    assertThat(selections().wholeGroups(RUN)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void pagesAreReadInOrderFromAnyPlace() {
    List<Page> log = IntStream.range(0, 30).mapToObj(i -> page(i, "i-" + i)).toList();
    log.forEach(page -> applied(selections().append(RUN, page)));
    assertThat(selections().pages(RUN, IRELAND, 0, 100)).isEqualTo(log);
    assertThat(selections().pages(RUN, IRELAND, 9, 3)).isEqualTo(log.subList(9, 12));
    assertThat(selections().pages(RUN, IRELAND, 30, 3)).isEmpty();
    assertThat(selections().pages(RUN, OHIO, 0, 3)).isEmpty();
    assertThat(selections().pages(OTHER, IRELAND, 0, 3)).isEmpty();
  }

  @Test
  void twoWhoListTheSameSliceAgreePageByPage() {
    List<List<Page>> seen =
        Together.each(
            2,
            worker ->
                () -> {
                  for (int i = 0; i < 20; i++) {
                    selections().append(RUN, page(i, "worker-" + worker));
                  }
                  return selections().pages(RUN, IRELAND, 0, 100);
                });
    assertThat(seen.get(0)).hasSize(20).isEqualTo(seen.get(1));
  }

  @Test
  void aBatchIsRecordedOnce() {
    Batch batch = batch("*", 0, 2, true);
    assertThat(applied(selections().dispatched(RUN, batch))).isEqualTo(batch);
    selections().ended(RUN, batch.id(), 0, new Ends(Set.of(1), Set.of(), Set.of()));
    Batch stored = refused(selections().dispatched(RUN, batch));
    assertThat(stored.succeeded()).containsExactly(1);
  }

  @Test
  void batchesAreReadByGroupThenNumber() {
    List<Batch> batches =
        List.of(
            batch("*", 0, 1, false),
            batch("*", 1, 1, false),
            batch("*", 11, 1, true),
            batch("a", 2, 1, true));
    List.of(2, 0, 3, 1).forEach(i -> selections().dispatched(RUN, batches.get(i)));
    assertThat(selections().batches(RUN)).isEqualTo(batches);
    assertThat(selections().batches(OTHER)).isEmpty();
  }

  @Test
  void w16_anEndThatIsReportedTwiceCountsOnce() {
    Batch batch = batch("*", 0, 3, true);
    selections().dispatched(RUN, batch);
    assertThat(selections().ended(RUN, batch.id(), 0, new Ends(Set.of(0), Set.of(2), Set.of())))
        .isEqualTo(new Tally(false, false));
    assertThat(selections().ended(RUN, batch.id(), 0, new Ends(Set.of(0, 2), Set.of(2), Set.of())))
        .isEqualTo(new Tally(false, false));
    assertThat(selections().ended(RUN, batch.id(), 0, new Ends(Set.of(1), Set.of(), Set.of())))
        .isEqualTo(new Tally(true, true));
    Batch stored = selections().batches(RUN).get(0);
    assertThat(stored.succeeded()).containsExactlyInAnyOrder(0, 1);
    assertThat(stored.failed()).containsExactly(2);
  }

  @Test
  void aGroupIsFullWhenItsLastBatchIsThereAndAllAre() {
    Batch first = batch("g", 0, 1, false);
    Batch last = batch("g", 1, 1, true);
    selections().dispatched(RUN, first);
    assertThat(selections().ended(RUN, first.id(), 0, new Ends(Set.of(0), Set.of(), Set.of())))
        .isEqualTo(new Tally(true, false));
    selections().dispatched(RUN, last);
    selections().dispatched(RUN, batch("h", 0, 1, false));
    assertThat(selections().ended(RUN, first.id(), 0, new Ends(Set.of(0), Set.of(), Set.of())))
        .isEqualTo(new Tally(true, false));
    assertThat(selections().ended(RUN, last.id(), 0, new Ends(Set.of(), Set.of(0), Set.of())))
        .isEqualTo(new Tally(true, true));
    assertThat(selections().ended(RUN, first.id(), 0, new Ends(Set.of(), Set.of(), Set.of())))
        .isEqualTo(new Tally(true, true));
  }

  @Test
  void anEmptyBatchIsFullFromTheStart() {
    Batch empty = batch("g", 0, 0, true);
    selections().dispatched(RUN, empty);
    assertThat(selections().ended(RUN, empty.id(), 0, new Ends(Set.of(), Set.of(), Set.of())))
        .isEqualTo(new Tally(true, true));
  }

  @Test
  void endsOfAnUnknownBatchAreForgotten() {
    assertThat(
            selections()
                .ended(RUN, new BatchId("g", 7), 0, new Ends(Set.of(1), Set.of(), Set.of())))
        .isEqualTo(new Tally(false, false));
    assertThat(selections().batches(RUN)).isEmpty();
  }

  @Test
  void endsReportedAtOnceAreAllCountedAndOneSeesTheLast() {
    Batch batch = batch("*", 0, 16, true);
    selections().dispatched(RUN, batch);
    List<Tally> tallies =
        Together.each(
            8,
            i ->
                () ->
                    selections()
                        .ended(
                            RUN,
                            batch.id(),
                            0,
                            new Ends(Set.of(2 * i), Set.of(2 * i + 1), Set.of())));
    assertThat(tallies.stream().filter(Tally::groupFull)).hasSize(1);
    assertThat(selections().batches(RUN).get(0).full()).isTrue();
  }
}
