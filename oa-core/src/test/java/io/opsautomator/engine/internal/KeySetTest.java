package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class KeySetTest {
  @Test
  void itHoldsWhatASetHolds() {
    SplittableRandom random = new SplittableRandom(5);
    KeySet keys = new KeySet();
    Set<String> model = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      String key = "111122223333/eu-west-1/i-" + Integer.toHexString(random.nextInt(60_000));
      assertThat(keys.contains(key)).isEqualTo(model.contains(key));
      assertThat(keys.add(key)).isEqualTo(model.add(key));
    }
  }

  @Test
  void keysThatDifferLittleAreToldApart() {
    KeySet keys = new KeySet();
    for (int i = 0; i < 300_000; i++) {
      assertThat(keys.add("i-" + i)).isTrue();
    }
    assertThat(keys.contains("i-299999")).isTrue();
    assertThat(keys.contains("i-300000")).isFalse();
    assertThat(keys.contains("")).isFalse();
  }
}
