package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.event.EventType;
import io.opsautomator.schedule.DstRule;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskCodecTest {
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  @Test
  void writesEverythingInAStableOrder() {
    Task task =
        Task.named("night")
            .action("Ec2StopInstances")
            .with("b", 2)
            .with("a", "x")
            .accounts("012345678901")
            .regions("eu-west-1")
            .where("env=dev")
            .on(Schedule.cron("0 20 ? * mon-fri", "Europe/Berlin"))
            .timeout(Duration.ofMinutes(30))
            .build();
    assertThat(TaskCodec.write(task))
        .isEqualTo(
            """
            {"format":1,"name":"night","action":"Ec2StopInstances","parameters":{"a":"x","b":2},\
            "thisAccount":true,"accounts":["012345678901"],"regions":["eu-west-1"],\
            "tagFilter":"env=dev","schedules":[{"cron":"0 20 ? * mon-fri","zone":"Europe/Berlin",\
            "gap":"SHIFT","overlap":"FIRST"}],"events":[],"misfire":{"policy":"LAST"},\
            "overlap":"QUEUE","concurrency":0,"batchSize":0,"timeout":"PT30M","description":"",\
            "enabled":true,"dryrun":false,"debug":false,"taskNotifications":false,\
            "taskMetrics":false}""");
  }

  @Test
  void whatIsWrittenReadsBack() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Task task = any(random);
      String json = TaskCodec.write(task);
      assertThat(TaskCodec.read(json)).isEqualTo(task);
      assertThat(TaskCodec.write(TaskCodec.read(json))).isEqualTo(json);
    }
  }

  private static Task any(Random random) {
    Task.Builder task = Task.named("task " + random.nextInt(100)).action("A" + random.nextInt());
    maybe(random, () -> task.description("words \"quoted\" \n \u00e4 \ud83d\ude00"));
    maybe(random, () -> task.with("Number", random.nextLong()));
    maybe(random, () -> task.with("Real", random.nextDouble()));
    maybe(random, () -> task.with("Tiny", new BigDecimal("1e-300")));
    maybe(random, () -> task.with("Large", new BigDecimal("12345678901234567890")));
    maybe(random, () -> task.with("Yes", random.nextBoolean()));
    maybe(random, () -> task.with("Deep", Map.of("list", List.of(1, "x", List.of(true)))));
    maybe(random, () -> task.accounts("000000000001", "111122223333"));
    task.regions(random.nextBoolean() ? new String[] {"*"} : new String[] {"eu-west-1"});
    maybe(random, () -> task.role("Ops@Role").externalId("x:1"));
    maybe(random, () -> task.where(random.nextBoolean() ? "*" : "a=b&(!c|d=e*)"));
    maybe(random, () -> task.whereAttributes("state=='on' && size > `100`"));
    maybe(random, () -> task.on(cron(random)));
    maybe(random, () -> task.on(new Schedule.FixedRate(START, Duration.ofSeconds(90))));
    maybe(random, () -> task.on(new Schedule.Once(START)));
    maybe(random, () -> task.on(new EventType("s", "d e", "one")));
    maybe(random, () -> task.onRegionWide(new EventType("s", "d e", "two")).whereSource("x=y"));
    maybe(random, () -> task.misfire(new MisfirePolicy.All(9, Duration.ofHours(3))));
    maybe(random, () -> task.overlap(OverlapPolicy.ALLOW));
    maybe(random, () -> task.maxConcurrent(3).batchSize(2).timeout(Duration.ofMinutes(7)));
    maybe(random, () -> task.maxConcurrentPerRegion(1 + random.nextInt(99)));
    maybe(random, () -> task.maxResources(amount(random)).maxErrors(amount(random)));
    maybe(random, () -> task.retry(retry(random)));
    maybe(random, () -> task.maxPerAccount(1 + random.nextInt(99)));
    maybe(random, () -> task.maxPerRegion(1 + random.nextInt(99)));
    maybe(random, () -> task.maxShrink(random.nextInt(100)));
    if (random.nextBoolean()) {
      task.canary(amount(random));
      maybe(random, () -> task.waves(amount(random)));
      maybe(random, () -> task.pause(Duration.ofSeconds(1 + random.nextInt(9999))));
      maybe(random, task::approve);
    }
    maybe(random, () -> task.after("other").after("x", After.End.FAILED, After.End.PARTIAL));
    maybe(random, task::disabled);
    maybe(random, task::dryrun);
    maybe(random, task::debug);
    maybe(random, task::notifications);
    maybe(random, () -> task.expectSuccessWithin(Duration.ofMinutes(1 + random.nextInt(9999))));
    maybe(random, task::metrics);
    return task.build();
  }

  private static RetryPolicy retry(Random random) {
    return RetryPolicy.DEFAULT
        .throttled(RetryPolicyTest.any(random))
        .inDoubt(RetryPolicyTest.any(random))
        .refused(RetryPolicyTest.any(random), "Code" + random.nextInt(9), "ERR_X");
  }

  private static String amount(Random random) {
    return AmountTest.any(random).toString();
  }

  private static Schedule cron(Random random) {
    DstRule.Overlap[] overlaps = DstRule.Overlap.values();
    return Schedule.cron("5 4 * * ?", "America/New_York")
        .withDst(new DstRule(DstRule.Gap.SKIP, overlaps[random.nextInt(overlaps.length)]));
  }

  private static void maybe(Random random, Runnable setting) {
    if (random.nextBoolean()) {
      setting.run();
    }
  }

  @Test
  void aNewerFormatIsRefused() {
    String json = TaskCodec.write(Task.named("t").action("A").build());
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"format\":1", "\"format\":6")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A stored task cannot be read: is of format 6; this version reads formats 1 to 5");
  }

  @Test
  void aTaskWithAFilterOfAttributesIsOfAFormatThatAVersionWithoutThemRefuses() {
    String json =
        TaskCodec.write(Task.named("t").action("A").whereAttributes("state=='on'").build());
    assertThat(json).startsWith("{\"format\":3,").contains("\"attributes\":\"state=='on'\"");
    assertThat(TaskCodec.read(json).target().attributes()).hasToString("Optional[state=='on']");
  }

  @Test
  void aTaskThatFollowsOthersIsOfAFormatThatAVersionWithoutThatRefuses() {
    String json =
        TaskCodec.write(
            Task.named("t").action("A").after("x", After.End.FAILED).after("y").build());
    assertThat(json)
        .startsWith("{\"format\":4,")
        .contains(
            """
            "flow":{"after":[{"task":"x","when":["FAILED"]},{"task":"y","when":["SUCCEEDED"]}]},\
            """);
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"when\"", "\"unless\"")))
        .hasMessageContaining("has no when");
  }

  @Test
  void aTaskWithALimitPerRegionIsOfAFormatThatAVersionWithoutItRefuses() {
    String json = TaskCodec.write(Task.named("t").action("A").maxConcurrentPerRegion(2).build());
    assertThat(json).startsWith("{\"format\":5,").contains("\"concurrencyPerRegion\":2,");
    assertThat(TaskCodec.read(json).limits().maxConcurrentPerRegion()).isEqualTo(2);
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"format\":5", "\"format\":4")))
        .hasMessageContaining("task has an unknown field concurrencyPerRegion");
  }

  @Test
  void aTaskFromBeforeThereWereGuardsHasNone() {
    String json = TaskCodec.write(Task.named("t").action("A").build());
    assertThat(json).startsWith("{\"format\":1,").doesNotContain("guards");
    assertThat(TaskCodec.read(json).guards()).isSameAs(Guards.NONE);
  }

  @Test
  void aTaskWithGuardsIsOfAFormatThatAVersionWithoutThemRefuses() {
    Task.Builder task = Task.named("t").action("A").maxResources("25%").maxErrors("3");
    task.maxPerAccount(9).maxPerRegion(5).maxShrink(30);
    task.canary("1").waves("10%").pause(Duration.ofMinutes(5)).approve();
    String json = TaskCodec.write(task.build());
    assertThat(json)
        .startsWith("{\"format\":2,")
        .contains(
            """
            "guards":{"maxResources":"25%","maxErrors":"3","maxPerAccount":9,"maxPerRegion":5,\
            "maxShrink":30,"rollout":{"canary":"1","waves":"10%","pause":"PT5M","approve":true}},\
            """);
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"format\":2", "\"format\":1")))
        .hasMessageContaining("task has an unknown field guards");
    assertThatThrownBy(() -> TaskCodec.read(json.replace("maxShrink", "maxGrowth")))
        .hasMessageContaining("task.guards has an unknown field maxGrowth");
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"25%\"", "\"125%\"")))
        .hasMessageContaining("'125%' is neither");
  }

  @Test
  void aTaskWithRetriesOfItsOwnIsOfAFormatThatAVersionWithoutThemRefuses() {
    RetryPolicy policy =
        RetryPolicy.DEFAULT.refused(RetryPolicy.DEFAULT.refused().attempts(5), "NoRoom");
    String json = TaskCodec.write(Task.named("t").action("A").retry(policy).build());
    assertThat(json)
        .startsWith("{\"format\":3,")
        .contains(
            """
            "retry":{"throttled":{"attempts":0,"first":"PT2S","longest":"PT1M","jitter":true},\
            "inDoubt":{"attempts":0,"first":"PT1S","longest":"PT1M","jitter":true},\
            "refused":{"attempts":5,"first":"PT1M","longest":"PT10M","jitter":true},\
            "codes":["NoRoom"]}""");
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"format\":3", "\"format\":2")))
        .hasMessageContaining("task has an unknown field retry");
    assertThatThrownBy(() -> TaskCodec.read(json.replace("PT10M", "PT10H")))
        .hasMessageContaining("'PT10H' is not between");
  }

  @Test
  void aFieldThatNobodyKnowsIsRefusedRatherThanLost() {
    String json = TaskCodec.write(Task.named("t").action("A").build());
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"debug\"", "\"x\":1,\"debug\"")))
        .hasMessage("A stored task cannot be read: task has an unknown field x");
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"debug\"", "\"x\"")))
        .hasMessageContaining("task has no debug");
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"enabled\":true", "\"enabled\":1")))
        .hasMessageContaining("task.enabled is not true or false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"format\":\"1\"}", "7"})
  void whatIsNoTaskIsRefusedWithAReason(String text) {
    assertThatThrownBy(() -> TaskCodec.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A stored task ");
  }
}
