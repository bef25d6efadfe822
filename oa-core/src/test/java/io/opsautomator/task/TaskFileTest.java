package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.Scope;
import io.opsautomator.schedule.DstRule;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskFile.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task file may say. What it may not is in {@link TaskFileProblemsTest}. */
final class TaskFileTest {
  private static Task only(String content) {
    Parsed parsed = TaskFile.parse("tasks.yaml", content);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.tasks()).hasSize(1);
    return parsed.tasks().get(0).task();
  }

  private static Task with(String fields) {
    return only("tasks:\n  - name: t\n    action: A\n" + fields.indent(4));
  }

  private static final String FULL =
      """
      tasks:
        - name: night-stop
          action: Ec2StopInstances
          description: Stop what nobody needs at night
          enabled: on
          interval: 0 20 ? * mon-fri
          timezone: europe/berlin
          regions: [eu-west-1, us-east-1]
          thisAccount: no
          accounts: [111122223333, 012345678901]
          crossAccountRole: OpsRole
          externalId: x-42
          tagFilter: env=dev & !keep
          events:
            aws.ec2:
              EC2 Instance State-change Notification: [running, stopped]
          eventScopes:
            aws.ec2:
              EC2 Instance State-change Notification: {stopped: region, running: resource}
          sourceEventTagFilter: a=b
          parameters:
            TestMode: yes
            Count: 3
            Types: [m5.large, t3.nano]
          dryrun: true
          debug: 1
          timeout: 30
          taskNotifications: enabled
          taskMetrics: Yes
          concurrency: 4
          concurrencyPerRegion: 2
          batchSize: 10
          maxResources: 25%
          maxErrors: 3
          maxPerAccount: 50
          maxPerRegion: '20'
          maxShrink: 30%
          canary: 1
          waves: 10%
          pause: PT10M
          approve: yes
          misfire: skip
          overlap: allow
          dst: {gap: skip, overlap: both}
      """;

  @Test
  void readsEveryField() {
    Task task = only(FULL);
    EventType running =
        new EventType("aws.ec2", "EC2 Instance State-change Notification", "running");
    EventType stopped =
        new EventType("aws.ec2", "EC2 Instance State-change Notification", "stopped");
    Task same =
        Task.named("night-stop")
            .action("Ec2StopInstances")
            .description("Stop what nobody needs at night")
            .on(
                Schedule.cron("0 20 ? * mon-fri", "Europe/Berlin")
                    .withDst(new DstRule(DstRule.Gap.SKIP, DstRule.Overlap.BOTH)))
            .regions("eu-west-1", "us-east-1")
            .onlyOtherAccounts()
            .accounts("111122223333", "012345678901")
            .role("OpsRole")
            .externalId("x-42")
            .where("env=dev & !keep")
            .on(running)
            .onRegionWide(stopped)
            .whereSource("a=b")
            .with("TestMode", "yes")
            .with("Count", 3)
            .with("Types", List.of("m5.large", "t3.nano"))
            .dryrun()
            .debug()
            .timeout(Duration.ofMinutes(30))
            .notifications()
            .metrics()
            .maxConcurrent(4)
            .maxConcurrentPerRegion(2)
            .batchSize(10)
            .maxResources("25%")
            .maxErrors("3")
            .maxPerAccount(50)
            .maxPerRegion(20)
            .maxShrink(30)
            .canary("1")
            .waves("10%")
            .pause(Duration.ofMinutes(10))
            .approve()
            .misfire(new MisfirePolicy.Skip())
            .overlap(OverlapPolicy.ALLOW)
            .build();
    assertThat(task).isEqualTo(same);
  }

  @Test
  void readsGuardsFromJsonAsFromYaml() {
    String json =
        """
        {"tasks": [{"name": "t", "action": "A", "maxResources": 10, "maxErrors": "5%",
          "maxShrink": 30, "waves": 5, "pause": 15, "approve": false}]}
        """;
    Parsed parsed = TaskFile.parse("tasks.json", json);
    String yaml =
        "maxResources: 10\nmaxErrors: 5%\nmaxShrink: 30%\nwaves: '5'\npause: 15m\napprove: no\n";
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.tasks().get(0).task()).isEqualTo(with(yaml));
  }

  @Test
  void readsTheOriginalsSpellingAndForms() {
    Parsed parsed =
        TaskFile.parse(
            "tasks.yaml",
            """
            tasks:
              - Name: copy
                Action: Ec2CopySnapshot
                Interval: "0 3 * * ?"
                Timezone: UTC
                TagFilter: None
                TaskTimeout: "90"
                Enabled: Disabled
                Accounts: "111122223333, 444455556666"
                Regions: '*'
                Events:
                  aws.ec2:
                    EBS Snapshot Notification: {createSnapshot: "Yes", shareSnapshot: "No"}
                SelectSize: Standard
                CompletionEcsMemoryValue: 128
                Description: ""
                Parameters: {}
            """);
    assertThat(parsed.problems()).isEmpty();
    Task task = parsed.tasks().get(0).task();
    assertThat(task.target().tags()).isEmpty();
    assertThat(task.options().enabled()).isFalse();
    assertThat(task.limits().timeout()).contains(Duration.ofMinutes(90));
    assertThat(task.target().accounts()).hasSize(2);
    assertThat(task.target().regions()).isEqualTo(new Regions.Every());
    assertThat(task.when().events().types())
        .containsExactly(new EventType("aws.ec2", "EBS Snapshot Notification", "createSnapshot"));
    assertThat(parsed.warnings())
        .extracting(Problem::field)
        .containsExactly(
            "tasks[0].tagFilter", "tasks[0].SelectSize", "tasks[0].CompletionEcsMemoryValue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[012345678901]", "['012345678901']", "012345678901", "[0123_45678901]"})
  void anAccountKeepsItsLeadingZeroHoweverItIsWritten(String accounts) {
    Parsed parsed =
        TaskFile.parse("t.yaml", "tasks: [{name: t, action: A, accounts: " + accounts + "}]");
    if (accounts.contains("_")) {
      assertThat(parsed.problems()).hasSize(1);
    } else {
      assertThat(parsed.tasks().get(0).task().target().accounts())
          .containsExactly(new Scope.AccountId("012345678901"));
    }
  }

  @Test
  void w26_aMacroIsAnInterval() {
    assertThat(with("interval: '@daily'").when().schedules())
        .containsExactly(Schedule.cron("@daily", "UTC"));
  }

  @Test
  void anIntervalMayBeAList() {
    assertThat(with("interval: ['0 1 * * ?', '0 2 * * ?']").when().schedules()).hasSize(2);
  }

  @Test
  void missedFiringsMayBeBounded() {
    assertThat(with("misfire: {all: 5, notOlderThan: 120}").when().misfire())
        .isEqualTo(new MisfirePolicy.All(5, Duration.ofHours(2)));
    assertThat(with("misfire: all").when().misfire())
        .isEqualTo(new MisfirePolicy.All(100, Duration.ofDays(1)));
    assertThat(with("misfire: LAST").when().misfire()).isEqualTo(MisfirePolicy.DEFAULT);
  }

  @Test
  void aBareWordOfYamlsPastStaysAText() {
    Task task = with("parameters: {Country: no, At: 10:30, Octal: 0777, Nothing: ~, Real: 1.50}");
    assertThat(task.work().parameters())
        .containsEntry("Country", "no")
        .containsEntry("At", "10:30")
        .containsEntry("Octal", "0777")
        .containsEntry("Real", new java.math.BigDecimal("1.5"))
        .doesNotContainKey("Nothing");
  }

  @Test
  void whatIsEmptyCountsAsAbsent() {
    assertThat(with("tagFilter: ''\nregions: []\nparameters: {}\ninterval:"))
        .isEqualTo(Task.named("t").action("A").build());
  }

  @Test
  void anchorsAndMergesSaveTyping() {
    Parsed parsed =
        TaskFile.parse(
            "t.yaml",
            """
            tasks:
              - &base
                name: one
                action: A
                regions: [eu-west-1]
              - <<: *base
                name: two
                tagFilter: a=b
            """);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.tasks().get(1).task())
        .isEqualTo(Task.named("two").action("A").regions("eu-west-1").where("a=b").build());
  }

  @Test
  void jsonSaysTheSame() {
    Parsed parsed =
        TaskFile.parse(
            "tasks.json",
            """
            {"tasks": [{"name": "t", "action": "A", "accounts": ["012345678901"],
              "enabled": false, "parameters": {"Count": 3, "Real": 1.5, "Yes": true, "No": null}}]}
            """);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.tasks().get(0).task())
        .isEqualTo(
            Task.named("t")
                .action("A")
                .accounts("012345678901")
                .disabled()
                .with("Count", 3)
                .with("Real", 1.5)
                .with("Yes", true)
                .build());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    assertThat(TaskFile.parse("t.yaml", "\ufefftasks: [{name: t, action: A}]").tasks()).hasSize(1);
  }

  @Test
  void isReadFromDisk(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("tasks.yaml"), FULL);
    assertThat(TaskFile.read(file).tasks()).hasSize(1);
    assertThat(TaskFile.read(folder.resolve("none.yaml")).problems())
        .extracting(Problem::message)
        .containsExactly("there is no such file");
    assertThat(TaskFile.read(folder).problems())
        .singleElement()
        .asString()
        .contains("cannot be read");
  }

  @Test
  void aTaskReadFromAFileSurvivesTheStore() {
    Task task = only(FULL);
    assertThat(TaskCodec.read(TaskCodec.write(task))).isEqualTo(task);
  }

  @Test
  void whatTheActionsDemandIsToldAtThePlaceInTheFile() {
    Parsed parsed =
        TaskFile.parse(
                "tasks.yaml",
                """
                tasks:
                  - name: good
                    action: Ec2CreateSnapshot
                    interval: "@daily"
                  - name: bad
                    action: Ec2CreateSnapshot
                    interval: 0 9 ? * 1
                    parameters:
                      retention_count: 0
                      Types: [a]
                      Colour: red
                    tagFilter: "*"
                  - name: unknown
                    action: Ec2CreateSnapsho
                    interval: "@daily"
                """)
            .check(new TaskValidator(Actions.CATALOG), Instant.parse("2026-01-05T08:00:00Z"));
    assertThat(parsed.valid()).isFalse();
    assertThat(parsed.tasks()).extracting(t -> t.task().name().value()).containsExactly("good");
    assertThat(parsed.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "tasks.yaml:9:24: tasks[1].parameters.RetentionCount: '0' is out of bounds; allowed: 1 to 1000",
            "tasks.yaml:11:15: tasks[1].parameters.Colour: is not a parameter of this action;"
                + " known: RetentionCount, RetentionDays, Types, Hook",
            "tasks.yaml:12:16: tasks[1].tagFilter: '*' would select everything, which"
                + " Ec2CreateSnapshot does not allow; name a tag",
            "tasks.yaml:14:13: tasks[2].action: there is no action 'Ec2CreateSnapsho';"
                + " did you mean 'Ec2CreateSnapshot'?");
    assertThat(parsed.warnings())
        .singleElement()
        .asString()
        .startsWith("tasks.yaml:7:15: tasks[1].interval");
  }
}
