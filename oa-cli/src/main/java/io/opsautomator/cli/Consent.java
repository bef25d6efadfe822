package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.CallerIdentity;
import io.opsautomator.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Asks before anything real is changed. */
final class Consent {
  private final Surroundings world;
  private final AwsOptions options;
  private final boolean yes;

  Consent(Surroundings world, AwsOptions options, boolean yes) {
    this.world = world;
    this.options = options;
    this.yes = yes;
  }

  /**
   * To be called before anything else, so that nobody waits for a plan in vain.
   *
   * @throws Failure if it would have to ask and nobody can answer
   */
  void requirePossible() {
    if (!options.emulated() && !yes && !world.conversation()) {
      throw Failure.badInput(
          "this would act on a real account, and there is no terminal to ask at;"
              + " look with 'oa plan', then say --yes");
    }
  }

  /**
   * Shows as whom and on what, and asks.
   *
   * @throws Failure if the answer is not yes
   */
  void ask(AwsConnection connection, OpsAutomator engine, List<Task> tasks) throws IOException {
    ask(connection, out -> tasks.forEach(task -> out.summary(engine.plan(task))));
  }

  /**
   * The same for what is no task.
   *
   * @param what shows what would be done
   */
  void ask(AwsConnection connection, Consumer<PlanText> what) throws IOException {
    CallerIdentity me = connection.whoAmI();
    Style style = world.errorStyle();
    String where = options.endpoint().map(url -> " at " + url).orElse("");
    world.err().println("Account  " + style.bold(me.account().value()) + where);
    world.err().println("As       " + me.arn());
    if (options.emulated()) {
      return;
    }
    world.err().println();
    what.accept(new PlanText(world.err(), style));
    if (!yes) {
      answer(world);
    }
  }

  /**
   * Asks whoever sits there.
   *
   * @throws Failure if the answer is not yes
   */
  static void answer(Surroundings world) throws IOException {
    world.err().print(world.errorStyle().bold("Do this? [y/N] "));
    world.err().flush();
    String answer = world.in().readLine();
    String word = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
    if (!word.equals("y") && !word.equals("yes")) {
      throw Failure.failed("nothing was done");
    }
  }
}
