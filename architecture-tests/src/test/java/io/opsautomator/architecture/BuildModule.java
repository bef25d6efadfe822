package io.opsautomator.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A module of this build. Read from the tree, not from the class path, so that a module which
 * nothing depends on is under the rules too, and one that was added is under them at once.
 */
record BuildModule(String name, Path folder) {
  private static final Pattern LISTED = Pattern.compile("<module>([\\w/-]+)</module>");
  private static final Path ROOT = root();
  private static final List<BuildModule> ALL = listed();
  private static final JavaClasses CLASSES = imported();

  /** Those with main code, in the order of the build. */
  static List<BuildModule> all() {
    return ALL;
  }

  static BuildModule named(String name) {
    return ALL.stream().filter(module -> module.name.equals(name)).findFirst().orElseThrow();
  }

  /** The main classes of all modules. */
  static JavaClasses classes() {
    return CLASSES;
  }

  /** The main classes of the modules of these names; those without code yet have none. */
  static JavaClasses classes(String... names) {
    List<String> wanted = List.of(names);
    return CLASSES.that(
        DescribedPredicate.describe(
            "in " + wanted, type -> of(type).filter(m -> wanted.contains(m.name)).isPresent()));
  }

  /** The module whose main code a class is; empty for the JDK's and other people's. */
  static Optional<BuildModule> of(JavaClass type) {
    return type.getSource()
        .filter(source -> source.getUri().getScheme().equals("file"))
        .map(source -> Path.of(source.getUri()))
        .flatMap(file -> ALL.stream().filter(m -> file.startsWith(m.output())).findFirst());
  }

  /** Where main code is compiled to. */
  Path output() {
    return folder.resolve("target").resolve("classes");
  }

  /** The source files of one set, {@code main} or {@code test}; none when there is no such set. */
  List<Path> sources(String set) {
    Path start = folder.resolve("src").resolve(set).resolve("java");
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What messages call a file. */
  static String relative(Path file) {
    return ROOT.relativize(file).toString();
  }

  private static JavaClasses imported() {
    for (BuildModule module : ALL) {
      if (!module.sources("main").isEmpty() && !Files.isDirectory(module.output())) {
        throw new IllegalStateException(module.name + " is not compiled; build it first (-am)");
      }
    }
    return new ClassFileImporter()
        .importPaths(ALL.stream().map(BuildModule::output).filter(Files::isDirectory).toList());
  }

  private static List<BuildModule> listed() {
    try {
      return LISTED
          .matcher(Files.readString(ROOT.resolve("pom.xml")))
          .results()
          .map(found -> found.group(1))
          .map(name -> new BuildModule(name, ROOT.resolve(name)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the whole project. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("oa-bom"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside the project: no oa-bom in any folder above");
      }
    }
    return folder;
  }
}
