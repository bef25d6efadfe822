package io.opsautomator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class AgendaTest {
  private record Entry(Instant at, String id) {}

  @Test
  void saysWhatASortedSetOfAllWouldSay() {
    SplittableRandom random = new SplittableRandom(1);
    Agenda agenda = new Agenda();
    TreeSet<Entry> all = new TreeSet<>(Comparator.comparing(Entry::at).thenComparing(Entry::id));

    for (int i = 0; i < 20_000; i++) {
      Entry entry = new Entry(instant(random), "task-" + random.nextInt(20));
      if (random.nextBoolean()) {
        agenda.add(entry.at, entry.id);
        all.add(entry);
      } else {
        agenda.remove(entry.at, entry.id);
        all.remove(entry);
      }
      Instant upTo = instant(random);
      int limit = random.nextInt(10);

      assertThat(agenda.upTo(upTo, limit))
          .isEqualTo(
              all.stream()
                  .filter(each -> !each.at.isAfter(upTo))
                  .limit(limit)
                  .map(Entry::id)
                  .toList());
      assertThat(agenda.first()).isEqualTo(all.stream().findFirst().map(Entry::at));
    }
  }

  private static Instant instant(SplittableRandom random) {
    return Instant.ofEpochSecond(60L * random.nextInt(10));
  }
}
