package io.opsautomator.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  private record Thing(String id, Instant made) {}

  /** Few instants, so that there are many ties; a few from the future. */
  private static List<Thing> some(Random random) {
    List<Thing> things = new ArrayList<>();
    int size = random.nextInt(30);
    for (int i = 0; i < size; i++) {
      Instant made = NOW.minus(Duration.ofHours(random.nextInt(-2, 14) * 12L));
      things.add(new Thing("thing-" + i, made));
    }
    Collections.shuffle(things, random);
    return things;
  }

  private static List<Thing> expired(Retention retention, List<Thing> things) {
    return retention.expired(things, Thing::made, Thing::id, NOW);
  }

  private static boolean newer(Thing one, Thing other) {
    int byTime = one.made().compareTo(other.made());
    return byTime > 0 || byTime == 0 && one.id().compareTo(other.id()) > 0;
  }

  /** Word for word what the rule says, thing by thing. */
  private static boolean goes(Thing thing, Retention retention, List<Thing> all) {
    long newerOnes = all.stream().filter(other -> newer(other, thing)).count();
    boolean amongNewest = newerOnes < retention.newest();
    Duration age = Duration.between(thing.made(), NOW);
    boolean young = !retention.age().isZero() && age.compareTo(retention.age()) <= 0;
    return !amongNewest && !young;
  }

  @Test
  void whatIsNeitherAmongTheNewestNorYoungGoes() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      List<Thing> all = some(random);
      int newest = random.nextInt(6);
      Duration age = Duration.ofHours(random.nextInt(newest == 0 ? 1 : 0, 8) * 12L);
      Retention retention = new Retention(newest, age);

      assertThat(expired(retention, all))
          .containsExactlyInAnyOrderElementsOf(
              all.stream().filter(thing -> goes(thing, retention, all)).toList());
    }
  }

  @Test
  void theOldestGoFirstAndTheOrderInWhichTheyCameDoesNotMatter() {
    Random random = new Random(8);
    for (int i = 0; i < 500; i++) {
      List<Thing> all = some(random);
      List<Thing> gone = expired(Retention.ofNewest(2), all);
      Collections.shuffle(all, random);

      assertThat(expired(Retention.ofNewest(2), all)).isEqualTo(gone);
      for (int next = 1; next < gone.size(); next++) {
        assertThat(newer(gone.get(next), gone.get(next - 1))).isTrue();
      }
    }
  }

  /** Backups stopped some weeks ago: by age alone, the last of them would go one by one. */
  @Test
  void atLeastSoManyStayHoweverOldTheyAre() {
    List<Thing> old =
        List.of(
            new Thing("a", NOW.minus(Duration.ofDays(40))),
            new Thing("b", NOW.minus(Duration.ofDays(50))),
            new Thing("c", NOW.minus(Duration.ofDays(60))));
    Retention days = Retention.ofAge(Duration.ofDays(30));

    assertThat(expired(days, old)).hasSize(3);
    assertThat(expired(days.keepingAtLeast(2), old)).extracting(Thing::id).containsExactly("c");
  }

  @Test
  void exactlyThatAgeIsStillKept() {
    Thing it = new Thing("a", NOW.minus(Duration.ofDays(30)));

    assertThat(expired(Retention.ofAge(Duration.ofDays(30)), List.of(it))).isEmpty();
    assertThat(expired(Retention.ofAge(Duration.ofDays(30).minusNanos(1)), List.of(it)))
        .containsExactly(it);
  }

  @Test
  void aRetentionThatKeepsNothingIsRefused() {
    assertThatThrownBy(() -> Retention.ofNewest(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("this retention would keep nothing at all");
    assertThatThrownBy(() -> Retention.ofNewest(-1)).hasMessageContaining("-1 newest");
    assertThatThrownBy(() -> Retention.ofAge(Duration.ofDays(-1))).hasMessageContaining("PT-24H");
  }
}
