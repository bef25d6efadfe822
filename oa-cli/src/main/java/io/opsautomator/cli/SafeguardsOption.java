package io.opsautomator.cli;

import io.opsautomator.resource.Denylist;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.SafeguardsFile;
import io.opsautomator.task.SafeguardsFile.Parsed;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * What no task may do, whatever it says. A file that is named must be there; the usual one may be
 * missing, but if there is anything of its name, it has to be right.
 */
final class SafeguardsOption {
  static final String USUAL = "safeguards.yaml";

  private final Path usual;

  @Option(
      names = "--safeguards",
      paramLabel = "FILE",
      description =
          "What no task may do: accounts, tags and ARNs that are out of bounds, and a budget;"
              + " default: "
              + USUAL
              + " in the working folder, if there is one.")
  private Optional<Path> file = Optional.empty();

  SafeguardsOption() {
    this(Path.of(USUAL));
  }

  SafeguardsOption(Path usual) {
    this.usual = usual;
  }

  /** What the file says; empty if there is none. */
  Optional<Parsed> parsed() {
    return file.or(this::usual).map(SafeguardsFile::read);
  }

  private Optional<Path> usual() {
    return Files.notExists(usual, LinkOption.NOFOLLOW_LINKS)
        ? Optional.empty()
        : Optional.of(usual);
  }

  /**
   * What is in force. Warnings are printed.
   *
   * @throws Failure after every problem was printed
   */
  Safeguards inForce(Surroundings world) {
    Optional<Parsed> parsed = parsed();
    if (parsed.isEmpty()) {
      return Safeguards.NONE;
    }
    TaskSource.print(world, parsed.get().problems(), parsed.get().warnings());
    return parsed.get().safeguards().orElseThrow(() -> Failure.badInput(verdict(parsed.get())));
  }

  static String verdict(Parsed parsed) {
    return parsed.file() + " has " + TaskSource.counted(parsed.problems().size(), "problem");
  }

  /** Such as {@code 2 accounts and 1 tag filter out of bounds; 500 resources in 24 h}. */
  static String inWords(Safeguards safeguards) {
    List<String> denied = new ArrayList<>();
    Denylist deny = safeguards.deny();
    add(denied, deny.accounts().size(), "account");
    add(denied, deny.tags().size(), "tag filter");
    add(denied, deny.resources().size(), "ARN pattern");
    List<String> all = new ArrayList<>();
    if (!denied.isEmpty()) {
      all.add("out of bounds: " + String.join(", ", denied));
    }
    safeguards.budget().ifPresent(b -> all.add(b.resources() + " resources in " + b.per()));
    return all.isEmpty() ? "nothing is out of bounds" : String.join("; ", all);
  }

  private static void add(List<String> denied, int count, String what) {
    if (count > 0) {
      denied.add(TaskSource.counted(count, what));
    }
  }
}
