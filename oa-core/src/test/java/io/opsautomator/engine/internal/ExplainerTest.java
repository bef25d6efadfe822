package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.RefusedException;
import io.opsautomator.plan.Verdict;
import io.opsautomator.resource.Denylist;
import io.opsautomator.resource.Exclusion.Kind;
import io.opsautomator.resource.ResourceSelector.Query;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ExplainerTest {
  private final World world = new World();
  private Safeguards safeguards = Safeguards.NONE;

  private List<Verdict> explain(UnaryOperator<Task.Builder> with) {
    try (OpsAutomator engine = engine()) {
      return engine.explain(task(with)).toList();
    }
  }

  private OpsAutomator engine() {
    return world
        .builder()
        .action(Switch.each(ctx -> Outcome.of(ctx.unit().key(), Evidence.confirmed("off"))))
        .safeguards(safeguards)
        .build();
  }

  private static Task task(UnaryOperator<Task.Builder> with) {
    return with.apply(Task.named("lights").action("Switch")).build();
  }

  private static String words(Verdict verdict) {
    if (verdict instanceof Verdict.Selected selected) {
      return selected.resource().id() + " selected";
    }
    if (verdict instanceof Verdict.LeftOut out) {
      return out.resource().id() + " " + out.why();
    }
    return verdict instanceof Verdict.Listed listed
        ? listed.resources() + " listed"
        : ((Verdict.Unreadable) verdict).why();
  }

  @Test
  void everyResourceIsToldOfAndThenTheWhole() {
    assertThat(explain(t -> t.where("room=hall")))
        .extracting(ExplainerTest::words)
        .containsExactly(
            "lamp-0 selected",
            "lamp-1 does not have room=hall (room=attic)",
            "lamp-2 selected",
            "3 listed");
  }

  @Test
  void theKindOfAReasonIsDataToo() {
    assertThat(explain(t -> t).get(0))
        .isInstanceOfSatisfying(
            Verdict.LeftOut.class, out -> assertThat(out.why().kind()).isEqualTo(Kind.TASK_LIST));
  }

  @Test
  void attributesAreAskedAfterTags() {
    assertThat(explain(t -> t.where("room=hall").whereAttributes("!on")))
        .extracting(ExplainerTest::words)
        .containsExactly(
            "lamp-0 does not match !on (on=true)",
            "lamp-1 does not have room=hall (room=attic)",
            "lamp-2 does not match !on (on=true)",
            "3 listed");
    assertThat(explain(t -> t.where("*").whereAttributes("on && id=='lamp-1'")))
        .filteredOn(Verdict.Selected.class::isInstance)
        .hasSize(1);
  }

  @Test
  void nothingIsLeftOutAtTheSource() {
    explain(t -> t.where("room=hall"));
    assertThat(world.queries).isNotEmpty().allMatch(Query.ALL::equals);
  }

  @Test
  void c7n2204_whatCannotBeListedIsSaidAndTheRestGoesOn() {
    world.unreadable.put(World.HOME.key() + "@2", new RefusedException("AccessDenied", "no"));
    assertThat(explain(t -> t.where("*").regions("eu-west-1", "eu-north-1")))
        .extracting(ExplainerTest::words)
        .containsExactly(
            "lamp-0 selected",
            "lamp-1 selected",
            "AccessDenied: no",
            "lamp-0 selected",
            "lamp-1 selected",
            "lamp-2 selected",
            "3 listed");
  }

  @Test
  void anAccountOnTheDenyListIsNotLookedAt() {
    safeguards =
        new Safeguards(
            new Denylist(Set.of(World.HOME.account()), List.of(), List.of()), Optional.empty());
    assertThat(explain(t -> t.where("*"))).hasSize(1);
    assertThat(words(explain(t -> t.where("*")).get(0))).contains("111122223333", "deny list");
    assertThat(world.queries).isEmpty();
  }

  @Test
  void onlyAsMuchIsListedAsIsRead() {
    world.lamps = 1_000;
    try (OpsAutomator engine = engine()) {
      assertThat(engine.explain(task(t -> t.where("*"))).limit(3).toList()).hasSize(3);
    }
    assertThat(world.queries).hasSize(2);
  }
}
