package io.opsautomator.cli;

/** Where the {@code oa} command begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Surroundings system = Surroundings.ofProcess();
    int status = Oa.run(system, arguments);
    system.out().flush();
    system.err().flush();
    System.exit(status);
  }
}
