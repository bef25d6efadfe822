package io.opsautomator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A set of ordinals is the set that it was made of, whatever is asked of it. */
final class OrdinalsTest {
  private final Random random = new Random(20);

  private Set<Integer> some(int largest) {
    Set<Integer> some = new HashSet<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      some.add(random.nextInt(largest + 1));
    }
    return some;
  }

  @Test
  void unionsAndDifferencesAreThoseOfSets() {
    for (int i = 0; i < 5_000; i++) {
      Set<Integer> one = some(i % 2 == 0 ? 99 : 1_100);
      Set<Integer> other = some(i % 3 == 0 ? 99 : 1_100);
      Set<Integer> both = new HashSet<>(one);
      both.addAll(other);
      Set<Integer> left = new HashSet<>(one);
      left.removeAll(other);

      Set<Integer> ordinals = Ordinals.copyOf(one);
      assertThat(Ordinals.union(ordinals, other)).isEqualTo(both).hasSameSizeAs(both);
      assertThat(Ordinals.without(ordinals, other)).isEqualTo(left);
      assertThat(ordinals).isEqualTo(one).hasSameHashCodeAs(one).hasSameSizeAs(one);
      other.forEach(
          number -> assertThat(ordinals.contains(number)).isEqualTo(one.contains(number)));
    }
  }

  @Test
  void theyComeInOrderAndCannotBeChanged() {
    Set<Integer> ordinals = Ordinals.copyOf(Set.of(64, 3, 99, 0));

    assertThat(ordinals).containsExactly(0, 3, 64, 99);
    assertThatThrownBy(() -> ordinals.add(1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ordinals.remove(3)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void numbersThatAreNoOrdinalsAreKeptAllTheSame() {
    assertThat(Ordinals.copyOf(Set.of(-1, 1 << 30))).isEqualTo(Set.of(-1, 1 << 30));
    assertThat(Ordinals.union(Ordinals.copyOf(Set.of(1)), Set.of(-1))).isEqualTo(Set.of(-1, 1));
  }
}
