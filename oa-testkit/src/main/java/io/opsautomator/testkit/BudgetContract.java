package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.applied;
import static io.opsautomator.testkit.StoreItems.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.Budget;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Store;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store has to keep of budgets over all tasks. */
abstract class BudgetContract {
  private static final String TODAY = "2026-03-01T00:00:00Z/PT24H";
  private static final String TOMORROW = "2026-03-02T00:00:00Z/PT24H";
  private static final RunId RUN = StoreItems.runId(1);
  private static final RunId OTHER = StoreItems.runId(2);

  abstract Store store();

  private Budgets budgets() {
    return store().budgets();
  }

  @Test
  void runsReserveUntilTheLimitAndNotBeyond() {
    assertThat(budgets().find(TODAY)).isEmpty();
    assertThat(applied(budgets().reserve(TODAY, RUN, 6, 10)))
        .isEqualTo(new Budget(TODAY, Map.of(RUN, 6)));
    Budget stored = refused(budgets().reserve(TODAY, OTHER, 5, 10));
    assertThat(stored).isEqualTo(new Budget(TODAY, Map.of(RUN, 6)));
    assertThat(budgets().find(TODAY)).contains(stored);
    Budget full = applied(budgets().reserve(TODAY, OTHER, 4, 10));
    assertThat(full.used()).isEqualTo(10);
    assertThat(budgets().find(TODAY)).contains(full);
  }

  @Test
  void aRunKeepsWhatItHasReservedWhateverItAsksForLater() {
    Budget reserved = applied(budgets().reserve(TODAY, RUN, 6, 10));
    assertThat(applied(budgets().reserve(TODAY, RUN, 6, 10))).isEqualTo(reserved);
    assertThat(applied(budgets().reserve(TODAY, RUN, 99, 1))).isEqualTo(reserved);
    assertThat(budgets().find(TODAY)).contains(reserved);
  }

  @Test
  void windowsKnowNothingOfEachOther() {
    applied(budgets().reserve(TODAY, RUN, 10, 10));
    assertThat(applied(budgets().reserve(TOMORROW, RUN, 3, 10)).used()).isEqualTo(3);
    assertThat(budgets().find(TODAY).orElseThrow().used()).isEqualTo(10);
  }

  @Test
  void whatIsRefusedMakesNoWindow() {
    assertThat(refused(budgets().reserve(TODAY, RUN, 11, 10)))
        .isEqualTo(new Budget(TODAY, Map.of()));
    assertThat(budgets().find(TODAY)).isEmpty();
  }

  @Test
  void hugeAmountsDoNotWrapAround() {
    applied(budgets().reserve(TODAY, RUN, Integer.MAX_VALUE, Integer.MAX_VALUE));
    refused(budgets().reserve(TODAY, OTHER, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void anAmountBelowZeroIsAMistake() {
    assertThatThrownBy(() -> budgets().reserve(TODAY, RUN, -1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void ofManyAtOnceNoMoreGetThroughThanThereIsRoomFor() {
    List<Write<Budget>> writes =
        Together.each(8, i -> () -> budgets().reserve(TODAY, StoreItems.runId(i), 3, 10));
    assertThat(writes).filteredOn(write -> write instanceof Write.Applied<Budget>).hasSize(3);
    assertThat(budgets().find(TODAY).orElseThrow().used()).isEqualTo(9);
  }

  @Test
  void windowsThatEndedBeforeArePurgedAndNamesOfAnotherKindStay() {
    for (String window : List.of(TODAY, TOMORROW, "some time")) {
      applied(budgets().reserve(window, RUN, 1, 10));
    }
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
    store().purge(midnight);
    assertThat(budgets().find(TODAY)).isPresent();
    assertThat(store().purge(midnight.plusNanos(1))).isZero();
    assertThat(budgets().find(TODAY)).isEmpty();
    assertThat(budgets().find(TOMORROW)).isPresent();
    assertThat(budgets().find("some time")).isPresent();
  }
}
