package io.opsautomator.actions.ec2;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.Snapshot;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");

  /** Few volumes and instants, so that there are many ties. */
  private static List<Resource<Snapshot>> some(Random random) {
    List<Resource<Snapshot>> snapshots = new ArrayList<>();
    int size = random.nextInt(40);
    for (int i = 0; i < size; i++) {
      Snapshot it =
          new Snapshot(
              "vol-" + random.nextInt(4),
              NOW.minus(Duration.ofHours(random.nextInt(12) * 12L)),
              "completed",
              1);
      snapshots.add(new Resource<>(Snapshot.TYPE, "snap-" + i, HOME, Map.of(), it));
    }
    Collections.shuffle(snapshots, random);
    return snapshots;
  }

  private static Map<String, Long> perVolume(List<Resource<Snapshot>> snapshots) {
    return snapshots.stream().collect(groupingBy(s -> s.attributes().volumeId(), counting()));
  }

  @Test
  void byCountJustAsManyOfAVolumeGoAsThereAreTooMany() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      List<Resource<Snapshot>> all = some(random);
      int count = 1 + random.nextInt(6);

      Map<String, Long> gone = perVolume(Retention.beyondCount(all, count));

      Map<String, Long> tooMany =
          perVolume(all).entrySet().stream()
              .filter(volume -> volume.getValue() > count)
              .collect(toMap(Map.Entry::getKey, volume -> volume.getValue() - count));
      assertThat(gone).isEqualTo(tooMany);
    }
  }

  @Test
  void byCountNoneGoesThatIsYoungerThanOneThatStays() {
    Random random = new Random(8);
    for (int i = 0; i < 2000; i++) {
      List<Resource<Snapshot>> all = some(random);
      List<Resource<Snapshot>> gone = Retention.beyondCount(all, 1 + random.nextInt(6));
      Set<Resource<Snapshot>> kept = new HashSet<>(all);
      kept.removeAll(Set.copyOf(gone));

      for (Resource<Snapshot> lost : gone) {
        assertThat(kept)
            .filteredOn(s -> s.attributes().volumeId().equals(lost.attributes().volumeId()))
            .allMatch(s -> !s.attributes().startTime().isBefore(lost.attributes().startTime()));
      }
    }
  }

  @Test
  void byDaysTheOldGoAndNoneThatIsYoungerThanTheLimit() {
    Random random = new Random(9);
    for (int i = 0; i < 2000; i++) {
      List<Resource<Snapshot>> all = some(random);
      int days = 1 + random.nextInt(6);
      Instant limit = NOW.minus(Duration.ofDays(days));

      List<Resource<Snapshot>> gone = Retention.olderThanDays(all, days, NOW);

      assertThat(gone)
          .containsExactlyInAnyOrderElementsOf(
              all.stream().filter(s -> s.attributes().startTime().isBefore(limit)).toList());
    }
  }

  @Test
  void theOrderOfSelectionDoesNotMatter() {
    Random random = new Random(10);
    for (int i = 0; i < 500; i++) {
      List<Resource<Snapshot>> all = some(random);
      List<Resource<Snapshot>> first = Retention.beyondCount(all, 2);
      Collections.shuffle(all, random);

      assertThat(Retention.beyondCount(all, 2)).isEqualTo(first);
    }
  }
}
