package io.opsautomator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    description =
        "Writes a task file with comments, to begin from, and one for what no task may do.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "tasks.yaml",
      description = "What to write; default: ${DEFAULT-VALUE}. Must not exist.")
  private Path file = Path.of("tasks.yaml");

  InitCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    try {
      write("tasks.yaml", file);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          Failure.BAD_INPUT, file + " exists and is left as it is; name another file", e);
    } catch (NoSuchFileException e) {
      throw new Failure(
          Failure.BAD_INPUT, "the folder of " + file + " does not exist; make it first", e);
    }
    Path bounds = file.resolveSibling(SafeguardsOption.USUAL);
    boolean first = Files.notExists(bounds, LinkOption.NOFOLLOW_LINKS);
    if (first) {
      write(SafeguardsOption.USUAL, bounds);
    }
    String more = first ? ", and " + bounds + " for what no task may do" : "";
    world.out().println("Wrote " + file + more + ". Next:");
    world.out().println("  oa validate " + file + "    says whether it is right");
    world
        .out()
        .println("  oa plan " + file + "        shows what it would do, and changes nothing");
    world.out().println("  oa run " + file + "         does it once, after asking");
    return Failure.OK;
  }

  private static void write(String name, Path file) throws IOException {
    try (InputStream template =
        Objects.requireNonNull(InitCommand.class.getResourceAsStream(name))) {
      Files.copy(template, file);
    }
  }
}
