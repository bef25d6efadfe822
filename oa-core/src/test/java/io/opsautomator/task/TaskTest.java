package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Scope;
import io.opsautomator.schedule.OverlapPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TaskTest {
  private static final EventType STARTED = new EventType("aws.ec2", "State", "running");

  @Test
  void aTaskNeedsOnlyNameAndAction() {
    Task task = Task.named("night-stop").action(" Ec2StopInstances ").build();
    assertThat(task.work()).isEqualTo(new Task.Work("Ec2StopInstances", Map.of()));
    assertThat(task.target().thisAccount()).isTrue();
    assertThat(task.target().regions()).isEqualTo(new Regions.Home());
    assertThat(task.target().tags()).isEmpty();
    assertThat(task.when().schedules()).isEmpty();
    assertThat(task.when().overlap()).isEqualTo(OverlapPolicy.QUEUE);
    assertThat(task.options()).isEqualTo(Task.Options.DEFAULT);
    assertThat(task.limits()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void keepsWhatItWasGiven() {
    Task task =
        Task.named("t")
            .action("A")
            .accounts("111122223333")
            .onlyOtherAccounts()
            .regions("eu-west-1", "us-east-1")
            .role("Ops")
            .externalId("x-1")
            .onRegionWide(STARTED)
            .timeout(Duration.ofMinutes(30))
            .maxConcurrent(4)
            .batchSize(10)
            .disabled()
            .dryrun()
            .build();
    assertThat(task.target().thisAccount()).isFalse();
    assertThat(task.target().accounts()).containsExactly(new Scope.AccountId("111122223333"));
    assertThat(((Regions.Named) task.target().regions()).regions())
        .extracting(Scope.Region::value)
        .containsExactly("eu-west-1", "us-east-1");
    assertThat(task.when().events().regionWide()).containsExactly(STARTED);
    assertThat(task.limits().timeout()).contains(Duration.ofMinutes(30));
    assertThat(task.options().enabled()).isFalse();
    assertThat(task.options().dryrun()).isTrue();
  }

  @Test
  void everyWrongValueIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                Task.named("/bad")
                    .accounts("12345")
                    .regions("eu-wst-1")
                    .role("arn:aws:iam::1:role/x")
                    .with("Thing", new Object())
                    .maxConcurrent(0)
                    .maxConcurrentPerRegion(-1)
                    .timeout(Duration.ofSeconds(5))
                    .build())
        .isInstanceOf(InvalidTaskException.class)
        .hasMessageStartingWith("Task '/bad' is not valid:\n")
        .hasMessageContaining("accounts[0]: '12345' is not an account number of 12 digits")
        .hasMessageContaining("'eu-wst-1' is not a known region; did you mean 'eu-west-1'?")
        .hasMessageContaining("give its name, not its ARN")
        .hasMessageContaining("parameters.Thing: is a java.lang.Object")
        .hasMessageContaining("concurrency: '0' is not at least 1")
        .hasMessageContaining("concurrencyPerRegion: '-1' is not at least 1")
        .hasMessageContaining("timeout: 'PT5S' is not at least one minute")
        .hasMessageContaining("ERR_NO_TASK_NAME: name: '/bad' is not a task name: 1 to 128 letters")
        .hasMessageContaining("ERR_NO_TASK_ACTION_NAME: action: is required and missing");
  }

  @Test
  void settingAThingTwiceIsWrong() {
    assertThatThrownBy(() -> Task.named("t").action("A").action("B").build())
        .hasMessageContaining("action: is set twice");
    assertThatThrownBy(() -> Task.named("t").action("A").with("X", 1).with("X", 1).build())
        .hasMessageContaining("parameters.X: is set twice");
  }

  @Test
  void nowhereToWorkIsAnError() {
    assertThatThrownBy(() -> Task.named("t").action("A").onlyOtherAccounts().build())
        .hasMessageContaining("ERR_THIS_ACCOUNT_MUST_BE_TRUE");
  }

  @Test
  void theStarStandsForAllRegionsAndAlone() {
    assertThat(Task.named("t").action("A").regions("*").build().target().regions())
        .isEqualTo(new Regions.Every());
    assertThatThrownBy(() -> Task.named("t").action("A").regions("*", "eu-west-1").build())
        .hasMessageContaining("'*' stands alone");
  }

  @Test
  void w38_aNumberStaysANumberWhicheverKindItWas() {
    Task task =
        Task.named("t")
            .action("A")
            .with("A", 5)
            .with("B", 5.0)
            .with("C", 1.50)
            .with("D", List.of((short) 1, "x"))
            .with("E", Duration.ofHours(1))
            .build();
    assertThat(task.work().parameters())
        .containsEntry("A", 5L)
        .containsEntry("B", 5L)
        .containsEntry("C", new BigDecimal("1.5"))
        .containsEntry("D", List.of(1L, "x"))
        .containsEntry("E", "PT1H");
  }

  record Params(@Param(label = "x", secret = true) String hook, @Param(label = "y") String text) {}

  @Test
  void canBeShownWithoutItsSecrets() {
    Task task = Task.named("t").action("A").with("hook", "S3CRET").with("Text", "hello").build();
    Task shown = task.masked(ParameterSchema.of(new Params("", "")));
    assertThat(shown.work().parameters().toString())
        .doesNotContain("S3CRET")
        .contains("hello", "****");
  }

  @Test
  void tellsTheNamesOfItsParametersOnlyWhereNobodyMasksThem() {
    Task task = Task.named("t").action("A").with("hook", "S3CRET").build();
    assertThat(task.toString()).doesNotContain("S3CRET").contains("hook");
  }
}
