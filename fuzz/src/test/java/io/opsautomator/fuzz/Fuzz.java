package io.opsautomator.fuzz;

import java.nio.file.Path;

/**
 * The door for Jazzer: {@code --target_class=io.opsautomator.fuzz.Fuzz --target_args="cron FILE"}.
 */
public final class Fuzz {
  private static Target target = Target.CRON;

  private Fuzz() {}

  /**
   * Called once, with the label of the target and its kept inputs. They are fed before the clock
   * runs: what classes take to load is no part of the time for an input.
   */
  public static void fuzzerInitialize(String[] args) {
    target = Target.labelled(args[0]);
    Corpus.read(Path.of(args[1])).forEach(target::feed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    target.feed(input);
  }
}
