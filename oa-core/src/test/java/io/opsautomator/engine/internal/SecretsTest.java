package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema;
import io.opsautomator.action.RefusedException;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an action was given in secret is not told, whatever the action says. */
final class SecretsTest {
  private static final TaskName NAME = new TaskName("lights");
  private static final String ODD = "abcXYZ019 \"\\/{}[]$&'<>\n\t\u00e4\u20ac";

  record Params(
      @Param(label = "x", secret = true) String hook,
      @Param(label = "y", secret = true) List<String> keys,
      @Param(label = "z") String text) {
    static final Params NONE = new Params("", List.of(), "");
  }

  static List<String> secrets() {
    Random random = new Random(5);
    return random
        .ints(25)
        .mapToObj(
            i -> {
              StringBuilder secret = new StringBuilder("S3cr");
              random.ints(8, 0, ODD.length()).forEach(at -> secret.append(ODD.charAt(at)));
              return secret.append("Et").toString();
            })
        .toList();
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void isInNoEventNoOutcomeAndNoPlan(String secret) {
    for (Function<ActionContext<Switch.Params>, Outcome> leak : leaks()) {
      World world = new World();
      OpsAutomator engine = world.engine(Switch.each(leak));
      Task task = Task.named(NAME.value()).action("Switch").where("*").with("key", secret).build();
      assertThat(engine.put(task)).isEmpty();

      String plan = planned(engine, task);
      engine.work();
      engine.run(NAME, "r1");
      world.pass(Duration.ofHours(3));

      assertThat(plan).doesNotContain(forms(secret));
      assertThat(world.events).isNotEmpty();
      assertThat(world.events.toString()).doesNotContain(forms(secret));
      Run run = engine.history(Optional.of(NAME), 1).get(0);
      assertThat(run.toString() + task).doesNotContain(forms(secret));
      assertThat(engine.executions(run.id()))
          .isNotEmpty()
          .allSatisfy(
              x -> assertThat(x.progress().outcome().orElse("")).doesNotContain(forms(secret)));
    }
  }

  private static String planned(OpsAutomator engine, Task task) {
    try {
      return engine.plan(task).toString();
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return trace.toString();
    }
  }

  private static List<Function<ActionContext<Switch.Params>, Outcome>> leaks() {
    return List.of(
        ctx -> {
          ctx.warn("WARN_LEAK", "with " + ctx.parameters().key());
          throw new RefusedException("Denied", "wrong key " + ctx.parameters().key());
        },
        ctx -> {
          throw new IllegalStateException(
              "broken", new IllegalArgumentException(ctx.parameters().key()));
        },
        ctx -> {
          throw new IllegalStateException("broken by " + ctx.parameters());
        },
        ctx ->
            ctx.effects()
                .idempotent("send", String.class, () -> "sent with " + ctx.parameters().key())
                .outcome(sent -> Outcome.of("x", new Evidence(Evidence.Kind.UNKNOWN, sent))));
  }

  private static String[] forms(String secret) {
    return new String[] {
      secret, new com.fasterxml.jackson.databind.node.TextNode(secret).toString()
    };
  }

  @Test
  void isMaskedHoweverItsParameterIsSpelt() {
    Task task = Task.named("t").action("A").with("hook", "S3CRET").with("KEYS", "unused").build();

    assertThat(masking(task).masked("a S3CRET b")).isEqualTo("a **** b");
  }

  @Test
  void theLongerOfTwoIsMaskedWhole() {
    Task task =
        Task.named("t")
            .action("A")
            .with("Hook", "abc")
            .with("Keys", List.of("abcdef", "xyz"))
            .build();

    assertThat(masking(task).masked("abcdef abc xyz")).isEqualTo("**** **** ****");
  }

  @Test
  void whatIsNotSecretStaysReadable() {
    Task task = Task.named("t").action("A").with("Text", "open").with("Hook", "S3CRET").build();

    assertThat(masking(task).masked("{\"open\":\"S3CRET\"}")).isEqualTo("{\"open\":\"****\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"S3CRET", "with \"quotes\""})
  void isInNoTrace(String secret) {
    Task task = Task.named("t").action("A").with("Hook", secret).build();
    Exception failure =
        new IllegalStateException("outer " + secret, new IllegalArgumentException(secret));
    StringWriter trace = new StringWriter();

    masking(task).masked(failure).printStackTrace(new PrintWriter(trace));

    assertThat(trace.toString())
        .doesNotContain(secret)
        .contains(
            "IllegalStateException: outer ****", "IllegalArgumentException: ****", "isInNoTrace");
  }

  private static Secrets masking(Task task) {
    return Secrets.of(ParameterSchema.of(Params.NONE), task);
  }
}
