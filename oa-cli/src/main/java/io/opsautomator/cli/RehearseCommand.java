package io.opsautomator.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Does a little of everything, so that the launcher can record which classes that takes. */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    play("", "--version");
    play("", "--help");
    play("", "actions");
    play("{\"expr\":\"0 9 * * mon\",\"zone\":\"Europe/Berlin\"}", "check", "schedules");
    play("{\"expr\":\"A=b|\\\\c\",\"tags\":{}}", "check", "filters");
    Path folder = Files.createTempDirectory("oa-rehearsal");
    Path file = folder.resolve("tasks.yaml");
    try {
      play("", "init", file.toString());
      play("", "validate", file.toString());
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(SafeguardsOption.USUAL));
      Files.delete(folder);
    }
    return Failure.OK;
  }

  private static void play(String input, String... arguments) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Oa.run(
        new Surroundings(
            new BufferedReader(new StringReader(input)),
            nowhere,
            nowhere,
            Surroundings.Terminals.NONE,
            Map.of(),
            InstantSource.system()),
        arguments);
  }
}
