package io.opsautomator.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.budget.BudgetStore;
import io.opsautomator.aws.budget.BudgetStore.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BudgetStore} has to keep, as tests: extend this in a store's tests. Needs JUnit
 * and AssertJ, which this module does not bring along.
 */
public abstract class BudgetStoreContract {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final int THREADS = 4;
  private static final int EACH = 25;

  /** One that is empty, for this test alone. */
  protected abstract BudgetStore open();

  @Test
  void aKeyThatWasNeverWrittenHasNoText() {
    assertThat(open().find("key")).isEmpty();
  }

  @Test
  void theFirstTextIsVersionOneAndEachNextOneRises() {
    BudgetStore store = open();
    assertThat(store.replace("key", BudgetStore.ABSENT, "first", LATER)).isTrue();
    assertThat(store.find("key")).contains(new Entry(1, "first"));
    assertThat(store.replace("key", 1, "second", LATER)).isTrue();
    assertThat(store.find("key")).contains(new Entry(2, "second"));
  }

  @Test
  void whoHasNotSeenTheLatestWritesNothing() {
    BudgetStore store = open();
    assertThat(store.replace("key", 1, "never", LATER)).isFalse();
    assertThat(store.find("key")).isEmpty();

    assertThat(store.replace("key", BudgetStore.ABSENT, "first", LATER)).isTrue();
    assertThat(store.replace("key", BudgetStore.ABSENT, "again", LATER)).isFalse();
    assertThat(store.replace("key", 2, "ahead", LATER)).isFalse();
    assertThat(store.find("key")).contains(new Entry(1, "first"));
  }

  @Test
  void keysKnowNothingOfEachOther() {
    BudgetStore store = open();
    assertThat(store.replace("a/b", BudgetStore.ABSENT, "one", LATER)).isTrue();
    assertThat(store.replace("a", BudgetStore.ABSENT, "two", LATER)).isTrue();
    assertThat(store.find("a/b")).contains(new Entry(1, "one"));
    assertThat(store.find("a")).contains(new Entry(1, "two"));
  }

  @Test
  void aTextComesBackAsItWas() {
    String text = "1 20.0\nä ö % + 'quoted' \"twice\"\t\u20ac\n";
    BudgetStore store = open();
    assertThat(store.replace("key", BudgetStore.ABSENT, text, LATER)).isTrue();
    assertThat(store.find("key").map(Entry::text)).contains(text);
  }

  /** No write of many threads is lost. */
  @Test
  void amongThoseWhoHaveSeenTheSameOneWrites() throws Exception {
    BudgetStore store = open();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(threads.submit(() -> count(store)));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.find("key")).contains(new Entry(THREADS * EACH, "" + THREADS * EACH));
  }

  private static void count(BudgetStore store) {
    int written = 0;
    while (written < EACH) {
      Entry seen = store.find("key").orElse(new Entry(BudgetStore.ABSENT, "0"));
      String next = Integer.toString(Integer.parseInt(seen.text()) + 1);
      written += store.replace("key", seen.version(), next, LATER) ? 1 : 0;
    }
  }
}
