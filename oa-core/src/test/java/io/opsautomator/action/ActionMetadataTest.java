package io.opsautomator.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ActionMetadata.Selection.Mode;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ActionMetadataTest {
  record Disk(String id) {}

  record Params(@Param(label = "Tags") String newTags) {}

  record Bad(int plain) {}

  private static final ResourceType<Disk> DISK = new ResourceType<>("x", "Disks", Disk.class, true);
  private static final EventType STARTED = new EventType("x", "State", "started");

  private static ActionMetadata.Builder<Params> good() {
    return ActionMetadata.of("XTagDisk", new Params(""))
        .titled("Tag disk", "Tags a disk")
        .version("1.0", "1bdd8a3e-8a5e-4b8f-9c53-3f2f5b1c7a20")
        .selects(DISK, Aggregation.RESOURCE);
  }

  @Test
  void holdsWhatWasSaidAndSaneDefaults() {
    ActionMetadata<Params> metadata = good().firedBy(STARTED).build();
    assertThat(metadata.name()).isEqualTo("XTagDisk");
    assertThat(metadata.hasCompletion()).isTrue();
    assertThat(metadata.limits().completionTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(metadata.triggers().events()).containsExactly(STARTED);
    assertThat(metadata.selection().reach())
        .isEqualTo(ActionMetadata.Reach.ALL_ACCOUNTS_AND_REGIONS);
    assertThat(metadata.parameters().fields()).hasSize(1);
  }

  @Test
  void whatIsDestructiveOrAggregatesAboveARegionStartsAfterAllIsListed() {
    assertThat(good().build().selection().mode()).isEqualTo(Mode.STREAM);
    assertThat(good().destructive().build().selection().mode()).isEqualTo(Mode.SEALED);
    assertThat(good().selects(DISK, Aggregation.REGION).build().selection().mode())
        .isEqualTo(Mode.STREAM);
    assertThat(good().selects(DISK, Aggregation.ACCOUNT).build().selection().mode())
        .isEqualTo(Mode.SEALED);
    assertThat(good().selects(DISK, Aggregation.TASK).build().selection().mode())
        .isEqualTo(Mode.SEALED);
  }

  @Test
  void d59_theSizesOfAnActionAreItsOwnAndNeverChange() {
    ActionMetadata<Params> metadata =
        good().sizes(Size.Phase.SELECT, Size.MEDIUM, Size.ECS).build();

    assertThatThrownBy(() -> metadata.sizes().get(Size.Phase.SELECT).remove(Size.ECS))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> metadata.sizes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void withoutCompletionThereIsNoTimeoutWhateverTheLimitsSay() {
    assertThat(good().withoutCompletion().limits(Duration.ofHours(1), Duration.ZERO, 3).build())
        .satisfies(m -> assertThat(m.hasCompletion()).isFalse())
        .satisfies(m -> assertThat(m.limits().maxConcurrent()).isEqualTo(3));
  }

  @Test
  void tellsEverythingThatIsMissingOrWrongAtOnce() {
    assertThatThrownBy(() -> ActionMetadata.of("bad-name", new Bad(1)).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Action bad-name: ")
        .hasMessageContaining("plain has no @Param")
        .hasMessageContaining("the name 'bad-name' is not in upper camel case")
        .hasMessageContaining("no title: call titled(…)")
        .hasMessageContaining("no version: call version(…)")
        .hasMessageContaining("nothing is selected: call selects(…)");
  }

  @Test
  void namesTheWrongValue() {
    assertThatThrownBy(() -> good().version("1", "42").build())
        .hasMessageContaining("the id '42' is not a UUID");
    assertThatThrownBy(() -> good().batchesOf(0).build())
        .hasMessageContaining("a batch of 0 resources");
    assertThatThrownBy(() -> good().onlyEvents().build())
        .hasMessageContaining("onlyEvents(), but no event");
    assertThatThrownBy(() -> good().sizes(Size.Phase.SELECT).build())
        .hasMessageContaining("the sizes of SELECT are none");
    assertThatThrownBy(() -> good().limits(Duration.ZERO, Duration.ofMinutes(-1), -2).build())
        .hasMessageContaining("completion timeout PT0S is not positive")
        .hasMessageContaining("minimum interval PT-1M is negative")
        .hasMessageContaining("maxConcurrent -2 < 0");
    assertThatThrownBy(() -> good().regionWide(STARTED).build())
        .hasMessageContaining("regionWide(…) has an event that firedBy(…) has not");
  }

  @Test
  void aPermissionOnlyWithAnUnknownParameterIsRefused() {
    Permission tag = Permission.anywhere("x:Tag").onlyWith("NewTag");
    assertThatThrownBy(() -> good().permissions(tag).build())
        .hasMessageContaining("only with 'NewTag', which is no parameter")
        .hasMessageContaining("did you mean 'NewTags'?");
  }
}
