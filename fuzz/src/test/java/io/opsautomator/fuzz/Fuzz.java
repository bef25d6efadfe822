package io.opsautomator.fuzz;

/** The door for Jazzer: {@code --target_class=io.opsautomator.fuzz.Fuzz --target_args=cron}. */
public final class Fuzz {
  private static Target target = Target.CRON;

  private Fuzz() {}

  /** Called once, with the label of the target. */
  public static void fuzzerInitialize(String[] args) {
    target = Target.labelled(args[0]);
    target.feed(new byte[0]); // what is loaded once is no part of the time for an input
  }

  public static void fuzzerTestOneInput(byte[] input) {
    target.feed(input);
  }
}
