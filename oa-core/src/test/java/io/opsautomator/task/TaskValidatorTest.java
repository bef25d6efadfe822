package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TaskValidatorTest {
  private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
  private static final TaskValidator VALIDATOR = new TaskValidator(Actions.CATALOG);

  private static List<String> violations(Task.Builder task) {
    return texts(VALIDATOR.validate(task.build(), NOW).violations());
  }

  private static List<String> warnings(Task.Builder task) {
    return texts(VALIDATOR.validate(task.build(), NOW).warnings());
  }

  private static List<String> texts(List<Violation> found) {
    return found.stream().map(Violation::toString).toList();
  }

  private static Task.Builder snapshot() {
    return Task.named("t").action("Ec2CreateSnapshot");
  }

  private static Task.Builder hourly() {
    return snapshot().on(Schedule.cron("0 * * * ?", "UTC"));
  }

  @Test
  void aGoodTaskHasNeitherViolationsNorWarnings() {
    Task.Builder task = hourly().with("RetentionCount", 5).where("env=dev").on(Actions.RUNNING);
    assertThat(VALIDATOR.validate(task.build(), NOW))
        .isEqualTo(new TaskValidator.Report(List.of(), List.of()));
  }

  @Test
  void anUnknownActionIsToldWithTheNearestOne() {
    assertThat(violations(Task.named("t").action("Ec2CreateSnapshots")))
        .containsExactly(
            "ERR_ACTION_DOES_NOT_EXIST: action: there is no action 'Ec2CreateSnapshots';"
                + " did you mean 'Ec2CreateSnapshot'?");
    assertThat(violations(Task.named("t").action("Frobnicate")))
        .containsExactly(
            "ERR_ACTION_DOES_NOT_EXIST: action: there is no action 'Frobnicate';"
                + " known: Cleanup, Ec2CreateSnapshot, SetCapacity, TagInstance");
  }

  @Test
  void anInternalActionIsNotForTasks() {
    assertThat(violations(Task.named("t").action("Cleanup")))
        .containsExactly("ERR_ACTION_ONLY_INTERNAL: action: 'Cleanup' is for the engine's own use");
  }

  @Test
  void parametersAreDecodedAndThenCheckedByTheAction() {
    assertThat(violations(hourly().with("RetentionCount", 0).with("Colour", 1)))
        .hasSize(2)
        .anyMatch(v -> v.startsWith("ERR_MIN_VALUE: parameters.RetentionCount: '0'"))
        .anyMatch(v -> v.startsWith("ERR_UNKNOWN_PARAMETER: parameters.Colour:"));
    assertThat(violations(hourly().with("RetentionCount", 600).with("RetentionDays", 1)))
        .containsExactly(
            "ERR_VALIDATING_TASK_PARAMETERS: parameters.RetentionDays:"
                + " cannot go with so high a RetentionCount");
  }

  @Test
  void w8_aFaultInOneActionsCheckIsAViolationAndStopsNobodyElse() {
    assertThat(violations(hourly().with("RetentionDays", 666)))
        .containsExactly(
            "ERR_VALIDATING_TASK_PARAMETERS: parameters: the action's own check of its parameters"
                + " fails: java.lang.IllegalStateException: a fault in the check");
  }

  @Test
  void aScheduleDenserThanTheActionAllowsIsRefused() {
    assertThat(violations(snapshot().on(Schedule.cron("0,50-59/5 * * * ?", "UTC"))))
        .containsExactly(
            "ERR_TASK_INTERVAL_TOO_SHORT: interval: '0,50-59/5 * * * ?' fires 5 minutes apart at"
                + " its densest; Ec2CreateSnapshot allows 10 minutes at least");
    assertThat(violations(snapshot().on(new Schedule.FixedRate(NOW, Duration.ofMinutes(9)))))
        .singleElement()
        .asString()
        .contains("the schedule fires 9 minutes apart");
    assertThat(violations(hourly().with("RetentionDays", 30))).isEmpty();
    assertThat(
            violations(
                snapshot().with("RetentionDays", 30).on(Schedule.cron("0/30 * * * ?", "UTC"))))
        .singleElement()
        .asString()
        .contains("allows 60 minutes at least");
  }

  @Test
  void bareWildcardsAreRefusedWhereTheActionForbidsThem() {
    assertThat(violations(hourly().where("*")))
        .containsExactly(
            "ERR_NO_WILDCARDS_TAG_FILTER_ALLOWED: tagFilter: '*' would select everything, which"
                + " Ec2CreateSnapshot does not allow; name a tag");
    assertThat(violations(hourly().where("**=x"))).hasSize(1);
    assertThat(violations(hourly().where("a*"))).isEmpty();
  }

  @Test
  void whatHasNoTagsCannotBeFiltered() {
    assertThat(violations(Task.named("t").action("SetCapacity").where("a=b")))
        .containsExactly(
            "ERR_NO_TAG_FILTER: tagFilter: time:Time have no tags to filter by; remove the filter");
  }

  @Test
  void eventsAreCheckedFromTheOutsideInwards() {
    assertThat(violations(snapshot().on(new EventType("aws.ec3", "EC2 State", "running"))))
        .containsExactly(
            "ERR_EVENT_SOURCE_NOT_HANDLED: events: the event source 'aws.ec3' is unknown to"
                + " Ec2CreateSnapshot; did you mean 'aws.ec2'?; known: aws.ec2");
    assertThat(violations(snapshot().on(new EventType("aws.ec2", "State", "running"))))
        .singleElement()
        .asString()
        .startsWith("ERR_DETAIL_TYPE_NOT_HANDLED: events: the detail type 'State' is unknown");
    assertThat(violations(snapshot().on(new EventType("aws.ec2", "EC2 State", "runing"))))
        .singleElement()
        .asString()
        .startsWith("ERR_EVENT_NOT_HANDLED: events: the event 'runing' is unknown")
        .contains("did you mean 'running'?");
    assertThat(violations(Task.named("t").action("SetCapacity").on(Actions.RUNNING)))
        .containsExactly("ERR_EVENT_SOURCE_NOT_HANDLED: events: SetCapacity has no events at all");
    assertThat(violations(snapshot().onRegionWide(Actions.RUNNING)))
        .singleElement()
        .asString()
        .startsWith("ERR_EVENT_SCOPE_EVENT_NOT_HANDLED: eventScopes: 'running'");
    assertThat(violations(snapshot().onRegionWide(Actions.STOPPED))).isEmpty();
  }

  @Test
  void anActionThatOnlyEventsStartTakesNoInterval() {
    assertThat(violations(Task.named("t").action("TagInstance").on(Schedule.cron("@daily", "UTC"))))
        .containsExactly(
            "ERR_INVALID_TASK_INTERVAL: interval: TagInstance is started by events only;"
                + " remove the interval and give events");
  }

  @Test
  void aTimeoutNeedsACompletion() {
    assertThat(violations(Task.named("t").action("SetCapacity").timeout(Duration.ofHours(1))))
        .singleElement()
        .asString()
        .startsWith("ERR_TIMEOUT_NOT_ALLOWED: timeout: SetCapacity is done when it has acted");
    assertThat(violations(hourly().timeout(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void otherAccountsNeedAnActionThatReachesThem() {
    assertThat(
            violations(
                Task.named("t").action("SetCapacity").accounts("111122223333").onlyOtherAccounts()))
        .containsExactly(
            "ERR_NO_CROSS_ACCOUNT_OPERATIONS: accounts: SetCapacity works in its own account only;"
                + " remove the other accounts",
            "ERR_THIS_ACCOUNT_MUST_BE_TRUE: thisAccount: is off, but SetCapacity works in its own"
                + " account only");
  }

  @Test
  void whatHasNoEffectIsAWarning() {
    assertThat(
            warnings(
                Task.named("t")
                    .action("SetCapacity")
                    .regions("eu-west-1")
                    .maxConcurrent(9)
                    .batchSize(3)
                    .externalId("abc")))
        .containsExactly(
            "WARN_TASK: regions: have no effect: SetCapacity works in its home region only",
            "WARN_TASK: concurrency: SetCapacity runs 2 at once at most",
            "WARN_TASK: batchSize: has no effect: SetCapacity takes one by one",
            "WARN_TASK: interval: is missing, and so are events: the task runs only when started",
            "WARN_TASK: externalId: has no effect: the task has no other accounts");
  }

  @Test
  void aScheduleThatSurprisesIsToldWithItsNextFirings() {
    assertThat(warnings(snapshot().on(Schedule.cron("0 9 ? * 1-5", "Europe/Berlin"))))
        .singleElement()
        .asString()
        .startsWith("WARN_TASK: interval: weekday numbers count from 0 = Monday")
        .contains("next: Tue 2026-01-06 09:00");
    assertThat(warnings(snapshot().on(Schedule.cron("0 0 30 2 *", "UTC"))))
        .anyMatch(w -> w.contains("can never fire") && w.contains("next: never"));
    assertThat(warnings(snapshot().on(new Schedule.Once(NOW.minusSeconds(1)))))
        .containsExactly("WARN_TASK: interval: will not fire any more");
  }

  @Test
  void aFilterThatSurprisesIsToldAsWell() {
    assertThat(warnings(hourly().where("!A=B")))
        .anyMatch(w -> w.startsWith("WARN_TASK: tagFilter"));
  }

  @Test
  void aGuardThatCannotStrikeIsWorthAWarning() {
    assertThat(warnings(hourly().maxResources("100%").maxErrors("100%").canary("100%")))
        .containsExactly(
            "WARN_TASK: maxResources: never strikes: a run has no more than all resources",
            "WARN_TASK: maxErrors: stops nothing: it strikes when everything has failed",
            "WARN_TASK: canary: is all of a run, so that nothing is spared when it fails");
    assertThat(warnings(hourly().waves("100%")))
        .containsExactly("WARN_TASK: waves: of all that is left are one wave");
    assertThat(warnings(hourly().maxPerAccount(5).maxPerRegion(5)))
        .containsExactly("WARN_TASK: maxPerRegion: never strikes: maxPerAccount does so before");
    assertThat(warnings(hourly().maxPerAccount(5).maxPerRegion(4).maxErrors("99%"))).isEmpty();
  }

  private static ActionCatalog taking(Aggregation aggregation) {
    ActionMetadata<Actions.None> report =
        ActionMetadata.of("Report", new Actions.None())
            .titled("Report", "")
            .version("1", "1bdd8a3e-8a5e-4b8f-9c53-3f2f5b1c7a21")
            .selects(Actions.INSTANCE, aggregation)
            .build();
    return ActionCatalog.of(List.of(new Actions.Fixed(report)));
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void aLimitPerRegionNeedsExecutionsThatAreInOne(Aggregation aggregation) {
    Random random = new Random(13);
    for (int i = 0; i < 50; i++) {
      Task.Builder task = Task.named("t").action("Report");
      task.maxConcurrentPerRegion(1 + random.nextInt(1000));
      TaskValidator validator = new TaskValidator(taking(aggregation));
      assertThat(texts(validator.validate(task.build(), NOW).violations()))
          .isEqualTo(
              switch (aggregation) {
                case RESOURCE, REGION -> List.of();
                case ACCOUNT -> List.of(perRegion("those of an account"));
                case TASK -> List.of(perRegion("all resources"));
              });
    }
  }

  private static String perRegion(String what) {
    return "ERR_CONCURRENCY_PER_REGION: concurrencyPerRegion: Report takes "
        + what
        + " at once, in whatever regions they are; remove it, or use concurrency";
  }

  @Test
  void wavesOfAnActionThatTakesEverythingAtOnceAreWorthAWarning() {
    ActionCatalog catalog = taking(Aggregation.TASK);
    Task task =
        Task.named("t").action("Report").waves("2").on(Schedule.cron("@daily", "UTC")).build();
    assertThat(texts(new TaskValidator(catalog).validate(task, NOW).warnings()))
        .containsExactly("WARN_TASK: waves: has no effect: Report takes all resources at once");
  }
}
