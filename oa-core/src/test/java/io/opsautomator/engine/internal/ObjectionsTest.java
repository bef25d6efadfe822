package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.resource.Scope;
import io.opsautomator.task.Guards;
import io.opsautomator.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What holds a complete selection back before anything of it has begun. */
final class ObjectionsTest {
  private static final Scope HERE = Scope.of("111122223333", "eu-west-1");
  private static final Scope NORTH = Scope.of("111122223333", "eu-north-1");
  private static final Scope OTHER = Scope.of("444455556666", "eu-west-1");

  private static List<String> objections(
      UnaryOperator<Task.Builder> with, int listed, Map<Scope, Integer> selected, int before) {
    Guards guards = with.apply(Task.named("t").action("Switch")).build().guards();
    OptionalInt last = before < 0 ? OptionalInt.empty() : OptionalInt.of(before);
    return new Objections(guards, listed, selected, last).all();
  }

  @Test
  void asManyAsAllowedGoAheadAndOneMoreDoesNot() {
    assertThat(objections(t -> t.maxResources("20"), 99, Map.of(HERE, 20), -1)).isEmpty();
    assertThat(objections(t -> t.maxResources("20"), 99, Map.of(HERE, 12, NORTH, 9), -1))
        .containsExactly("21 resources were selected, and maxResources is 20");
  }

  @Test
  void aPercentageIsOfWhatWasListedNotOfWhatWasSelected() {
    assertThat(objections(t -> t.maxResources("25%"), 83, Map.of(HERE, 20), -1)).isEmpty();
    assertThat(objections(t -> t.maxResources("25%"), 83, Map.of(HERE, 21), -1))
        .containsExactly(
            "21 resources were selected, and maxResources is 25% of the 83 that were listed, which"
                + " is 20");
  }

  @Test
  void oneAccountOrRegionThatIsOverItsCapHoldsTheWholeRunBack() {
    Map<Scope, Integer> selected = Map.of(HERE, 5, NORTH, 4, OTHER, 6);

    assertThat(objections(t -> t.maxPerAccount(9).maxPerRegion(6), 99, selected, -1)).isEmpty();
    assertThat(objections(t -> t.maxPerAccount(8), 99, selected, -1))
        .containsExactly("9 resources were selected in 111122223333, and maxPerAccount is 8");
    assertThat(objections(t -> t.maxPerRegion(5), 99, selected, -1))
        .containsExactly(
            "6 resources were selected in 444455556666/eu-west-1, and maxPerRegion is 5");
  }

  /** A listing of the wrong place, or a filter that broke, looks like an estate that has shrunk. */
  @Test
  void aPopulationThatShrankTooMuchHoldsTheRunBack() {
    assertThat(objections(t -> t.maxShrink(30), 99, Map.of(HERE, 70), 100)).isEmpty();
    assertThat(objections(t -> t.maxShrink(30), 99, Map.of(HERE, 69), 100))
        .containsExactly(
            "only 69 resources were selected, where the last run that went ahead had 100, and"
                + " maxShrink is 30%; if that is meant, run the task once without it");
    assertThat(objections(t -> t.maxShrink(30), 99, Map.of(HERE, 1), -1)).isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThat(
            objections(
                t -> t.maxResources("3").maxPerAccount(2).maxPerRegion(1).maxShrink(10),
                99,
                Map.of(HERE, 4),
                90))
        .hasSize(4);
  }

  @Test
  void noRunThatGoesAheadIsOverAnyLimit() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 5_000; i++) {
      Map<Scope, Integer> selected = new LinkedHashMap<>();
      List.of(HERE, NORTH, OTHER).forEach(s -> selected.put(s, random.nextInt(30)));
      int total = selected.values().stream().mapToInt(n -> n).sum();
      int listed = total + random.nextInt(50);
      int percent = 1 + random.nextInt(100);
      int most = 1 + random.nextInt(60);
      List<String> byNumber = objections(t -> t.maxResources("" + most), listed, selected, -1);
      List<String> byShare = objections(t -> t.maxResources(percent + "%"), listed, selected, -1);
      assertThat(byNumber.isEmpty()).isEqualTo(total <= most);
      assertThat(byShare.isEmpty()).isEqualTo((long) total * 100 <= (long) listed * percent);
    }
  }
}
