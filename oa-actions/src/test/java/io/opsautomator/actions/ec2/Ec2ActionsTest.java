package io.opsautomator.actions.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionProvider;
import io.opsautomator.action.Permission;
import io.opsautomator.action.Services;
import io.opsautomator.action.Size;
import io.opsautomator.aws.Instance;
import io.opsautomator.aws.Snapshot;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.testkit.Estate;
import io.opsautomator.testkit.VirtualTime;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The facts that stored tasks, generated templates and metrics rely on. */
final class Ec2ActionsTest {
  private final Map<String, ActionMetadata<?>> bundled = new TreeMap<>();

  Ec2ActionsTest() {
    Estate estate = Estate.at(VirtualTime.startingAt("2026-03-02T08:00:00Z"));
    ServiceLoader.load(ActionProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(Ec2Actions.class::isInstance)
        .map(provider -> actions(provider, estate))
        .flatMap(Collection::stream)
        .forEach(action -> bundled.put(action.metadata().name(), action.metadata()));
  }

  private static Collection<? extends Action<?>> actions(ActionProvider provider, Estate estate) {
    return provider.actions(
        new Services() {
          @Override
          public <S> S get(Class<S> type) {
            return type.cast(estate.clients());
          }
        });
  }

  private static Set<String> operations(ActionMetadata<?> metadata) {
    return metadata.permissions().stream()
        .map(Permission::operations)
        .flatMap(Collection::stream)
        .collect(Collectors.toSet());
  }

  @Test
  void theProviderIsFoundAndBringsFourActions() {
    assertThat(bundled.keySet())
        .containsExactly(
            "Ec2CreateSnapshot", "Ec2DeleteSnapshot", "Ec2StartInstances", "Ec2StopInstances");
  }

  @Test
  void idsAndVersionsNeverChange() {
    Map<String, String> ids = new LinkedHashMap<>();
    bundled.forEach(
        (name, it) -> ids.put(name, it.identity().version() + " " + it.identity().id()));

    assertThat(ids)
        .containsEntry("Ec2CreateSnapshot", "1.2 444f070b-9302-4e67-989a-23e224518e87")
        .containsEntry("Ec2DeleteSnapshot", "1.0 8034f6b8-de65-4b8a-ad31-8ac8d13a532f")
        .containsEntry("Ec2StartInstances", "1.0 bed643da-a9dd-45ed-ad57-d62cedf04a1e")
        .containsEntry("Ec2StopInstances", "1.0 7f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b11");
  }

  @Test
  void createSnapshotIsAsItsTableSays() {
    ActionMetadata<?> it = bundled.get("Ec2CreateSnapshot");

    assertThat(it.identity().title()).isEqualTo("EC2 Create Snapshot");
    assertThat(it.selection().type()).isEqualTo(Instance.TYPE);
    assertThat(it.selection().aggregation()).isEqualTo(Aggregation.RESOURCE);
    assertThat(it.limits())
        .isEqualTo(new ActionMetadata.Limits(Duration.ofHours(1), Duration.ofHours(1), 0));
    assertThat(it.triggers().events())
        .extracting(EventType::name)
        .containsExactlyInAnyOrder("running", "stopped", "ChangedInstanceTags");
    assertThat(it.sizes().get(Size.Phase.SELECT))
        .containsExactly(
            Size.MEDIUM, Size.LARGE, Size.XLARGE, Size.XXLARGE, Size.XXXLARGE, Size.ECS);
    assertThat(it.sizes().get(Size.Phase.EXECUTE)).containsExactly(Size.MEDIUM);
    assertThat(it.sizes().get(Size.Phase.COMPLETE)).containsExactly(Size.MEDIUM);
    assertThat(operations(it))
        .containsExactlyInAnyOrder(
            "ec2:CreateSnapshot",
            "ec2:DeleteSnapshot",
            "ec2:DescribeTags",
            "ec2:DescribeInstances",
            "ec2:DescribeSnapshots",
            "ec2:DescribeVolumes",
            "ec2:ModifySnapshotAttribute",
            "ec2:CreateTags",
            "ec2:DeleteTags");
  }

  @Test
  void deleteSnapshotIsAsItsTableSays() {
    ActionMetadata<?> it = bundled.get("Ec2DeleteSnapshot");

    assertThat(it.identity().title()).isEqualTo("EC2 Delete Snapshot");
    assertThat(it.selection().type()).isEqualTo(Snapshot.TYPE);
    assertThat(it.selection().aggregation()).isEqualTo(Aggregation.REGION);
    assertThat(it.selection().bareWildcards()).isFalse();
    assertThat(it.selection().destructive()).isTrue();
    assertThat(it.hasCompletion()).isFalse();
    assertThat(it.limits().minimumInterval()).isEqualTo(Duration.ofMinutes(15));
    assertThat(it.triggers().events())
        .extracting(EventType::name)
        .containsExactlyInAnyOrder("createSnapShotForVolume", "copySnapShotForVolume");
    assertThat(operations(it))
        .containsExactlyInAnyOrder("ec2:DescribeSnapshots", "ec2:DeleteSnapshot");
    assertThat(it.parameters().field("RetentionCount").orElseThrow().about().max()).isEqualTo(1000);
    assertThat(it.parameters().field("RetentionDays").orElseThrow().about().min()).isZero();
  }

  @Test
  void stopAndStartWorkInBatchesOfFifty() {
    for (String name : Set.of("Ec2StartInstances", "Ec2StopInstances")) {
      assertThat(bundled.get(name).selection().batchSize()).isEqualTo(50);
      assertThat(bundled.get(name).selection().aggregation()).isEqualTo(Aggregation.REGION);
    }
  }
}
