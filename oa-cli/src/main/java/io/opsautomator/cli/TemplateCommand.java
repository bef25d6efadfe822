package io.opsautomator.cli;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Stability;
import io.opsautomator.templategen.IamPolicy;
import io.opsautomator.templategen.InvalidMetadataException;
import io.opsautomator.templategen.RoleTemplate;
import io.opsautomator.templategen.TaskFileSchema;
import io.opsautomator.templategen.TaskTemplate;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.solution.SolutionTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "template",
    description = {
      "Writes CloudFormation templates out of what actions say of themselves.",
      "They make tasks of an action, the role in other accounts, or a whole deployment. Besides: IAM"
          + " policies, and a JSON Schema of task files."
    },
    mixinStandardHelpOptions = true)
final class TemplateCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(arity = "0..1", paramLabel = "ACTION", description = "The template of its tasks.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--role", description = "The template of the role in other accounts.")
  private boolean role;

  @Option(names = "--solution", description = "The template of a whole deployment.")
  private boolean solution;

  @Option(names = "--all", description = "All of them; needs --out.")
  private boolean all;

  @Option(
      names = "--policy",
      description = "What ACTION, or every action, has to be allowed, as an IAM policy.")
  private boolean policy;

  @Option(
      names = "--schema",
      description = "A JSON Schema of task files with ACTION, or with every action.")
  private boolean schema;

  @Option(
      names = "--format",
      paramLabel = "yaml|json",
      defaultValue = "yaml",
      description = "Of templates; default: ${DEFAULT-VALUE}.")
  private String format = "yaml";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write files into this folder; default: print.")
  private Optional<Path> out = Optional.empty();

  TemplateCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    if (!List.of("yaml", "json").contains(format)) {
      throw Failure.badInput("--format is '" + format + "'; use yaml or json");
    }
    Map<String, String> files = files();
    if (out.isPresent()) {
      write(files, out.get());
    } else if (files.size() == 1) {
      files.values().forEach(world.out()::print);
    } else {
      throw Failure.badInput(
          "these are " + files.size() + " files; say with --out DIR where to write them");
    }
    world.out().flush();
    return Failure.OK;
  }

  /** By their names. */
  private Map<String, String> files() {
    requireOne();
    ActionCatalog actions = Catalog.offline();
    List<ActionMetadata<?>> chosen =
        name.isPresent()
            ? List.of(ActionsCommand.found(actions, name.get()).metadata())
            : ours(actions);
    try {
      return files(chosen);
    } catch (InvalidMetadataException e) {
      throw new Failure(Failure.BAD_INPUT, e.getMessage() + "", e);
    }
  }

  private void requireOne() {
    long parts = Stream.of(role, solution, all, policy, schema).filter(on -> on).count();
    boolean ofActions = policy || schema;
    if (parts > 1 || (name.isPresent() && parts == 1 && !ofActions)) {
      throw Failure.badInput(
          "one thing at a time: ACTION, --role, --solution, --policy, --schema, or --all of them");
    }
    if (parts == 0 && name.isEmpty()) {
      throw Failure.badInput(
          "of what? 'oa template ACTION' writes the template of its tasks, 'oa actions' lists"
              + " actions; or --role, --solution, --policy, --schema, or --all --out DIR");
    }
  }

  /** Those that anybody may make tasks of. */
  private static List<ActionMetadata<?>> ours(ActionCatalog actions) {
    return actions.actions().stream()
        .<ActionMetadata<?>>map(Action::metadata)
        .filter(it -> it.identity().stability() != Stability.INTERNAL)
        .toList();
  }

  private Map<String, String> files(List<ActionMetadata<?>> chosen) {
    Map<String, String> files = new LinkedHashMap<>();
    if (all || !(role || solution || policy || schema)) {
      chosen.forEach(it -> add(files, it.name(), TaskTemplate.of(it)));
    }
    if (all || role) {
      add(files, "cross-account-role", RoleTemplate.of(chosen));
    }
    if (all || solution) {
      add(files, "ops-automator", SolutionTemplate.template());
    }
    String of = name.map(it -> it + ".").orElse("");
    if (all || policy) {
      files.put(of + "policy.json", IamPolicy.json(chosen, "aws"));
    }
    if (all || schema) {
      files.put(of + "tasks.schema.json", TaskFileSchema.json(chosen));
    }
    return files;
  }

  private void add(Map<String, String> files, String file, Template template) {
    boolean json = format.equals("json");
    files.put(file + (json ? ".template.json" : ".yaml"), json ? template.json() : template.yaml());
  }

  private void write(Map<String, String> files, Path folder) {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      try {
        Files.createDirectories(folder);
        Files.writeString(path, file.getValue());
      } catch (IOException e) {
        throw new Failure(
            Failure.BAD_INPUT,
            "cannot write " + path + why(e, folder) + "; --out names a folder",
            e);
      }
      world.out().println(path + remark(file));
    }
  }

  private static String why(IOException e, Path folder) {
    return Files.isRegularFile(folder) ? ": " + folder + " is a file" : ": " + e.getMessage();
  }

  private static String remark(Map.Entry<String, String> file) {
    int bytes = file.getValue().getBytes(StandardCharsets.UTF_8).length;
    return bytes <= Template.BODY_LIMIT || !isTemplate(file.getKey())
        ? ""
        : "  (" + bytes + " bytes: too large for a request, upload it to S3)";
  }

  private static boolean isTemplate(String file) {
    return file.endsWith(".yaml") || file.endsWith(".template.json");
  }
}
