package io.opsautomator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "new-action",
    description =
        "Writes a Maven project with an action of your own, its contract test and a task.",
    mixinStandardHelpOptions = true)
final class NewActionCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]{0,60}");
  private static final Pattern PACKAGE =
      Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){0,9}");

  private final Surroundings world;

  @Parameters(paramLabel = "NAME", description = "What tasks will call it, such as LabelInstances.")
  private String name = "";

  @Option(
      names = "--package",
      paramLabel = "NAME",
      defaultValue = "com.example.ops",
      description = "The Java package; default: ${DEFAULT-VALUE}.")
  private String packageName = "";

  @Option(
      names = "--in",
      paramLabel = "FOLDER",
      description = "Where to write it; default: a new folder named after it.")
  private Path folder = Path.of("");

  NewActionCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    requireForm(NAME, name, "the name of an action", "LabelInstances: a capital, letters, digits");
    requireForm(PACKAGE, packageName, "a Java package", "com.example.ops");
    Path root = folder.toString().isEmpty() ? Path.of(artifact()) : folder;
    Map<Path, String> files = files(root);
    List<Path> present = files.keySet().stream().filter(Files::exists).toList();
    if (!present.isEmpty()) {
      throw new Failure(
          Failure.BAD_INPUT,
          present.get(0) + " exists, and nothing was written; name another folder with --in",
          null);
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.createDirectories(Objects.requireNonNull(file.getKey().toAbsolutePath().getParent()));
      Files.writeString(file.getKey(), file.getValue());
    }
    tell(root);
    return Failure.OK;
  }

  private static void requireForm(Pattern form, String value, String what, String example) {
    if (!form.matcher(value).matches()) {
      throw new Failure(
          Failure.BAD_INPUT, "'" + value + "' is not " + what + ", such as " + example, null);
    }
  }

  /** {@code LabelInstances} as {@code label-instances}. */
  private String artifact() {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private Map<Path, String> files(Path root) throws IOException {
    Path main = root.resolve("src").resolve("main");
    Path test = root.resolve("src").resolve("test");
    Path sources = Path.of("java").resolve(packageName.replace('.', '/'));
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(root.resolve("pom.xml"), filled("pom.xml"));
    files.put(main.resolve(sources).resolve(name + ".java"), filled("Action.java.txt"));
    files.put(main.resolve(sources).resolve(name + "Actions.java"), filled("Provider.java.txt"));
    files.put(
        main.resolve("resources/META-INF/services/io.opsautomator.action.ActionProvider"),
        packageName + "." + name + "Actions\n");
    files.put(test.resolve(sources).resolve(name + "Test.java"), filled("Test.java.txt"));
    files.put(root.resolve("tasks.yaml"), filled("tasks.yaml"));
    return files;
  }

  private String filled(String template) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            NewActionCommand.class.getResourceAsStream("new-action/" + template))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@NAME@", name)
          .replace("@PACKAGE@", packageName)
          .replace("@ARTIFACT@", artifact())
          .replace("@VERSION@", Version.number())
          .replace("@ID@", id());
    }
  }

  /** The same for the same name, so that writing a project again makes the same action. */
  private String id() {
    String full = packageName + "." + name;
    return UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void tell(Path root) {
    world.out().println("Wrote " + root + ". Next, in that folder:");
    step("mvn verify", "builds it and runs its contract");
    step("export OA_CLASSPATH=$PWD/target/classes", "lets oa find it");
    step("oa actions " + name, "explains it");
    step(
        "oa plan tasks.yaml --endpoint http://127.0.0.1:5555", "shows what it would do, simulated");
    step("oa plan tasks.yaml", "the same in the real account");
    world
        .out()
        .println(
            "oa is in the checkout: put that on the PATH, or call oa by its path."
                + " 'tools/aws-emulator start 5555' there starts the simulated AWS.");
    world
        .out()
        .println(
            "Until a version is released, 'mvn -B -q -Dquick -DskipTests install' in the checkout"
                + " puts the libraries where Maven finds them.");
  }

  private void step(String command, String what) {
    world.out().println(String.format("  %-52s  %s", command, what));
  }
}
