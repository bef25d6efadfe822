package io.opsautomator.templategen.maven;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Loads the project's actions and writes their templates.
 *
 * <p>The project's classes meet neither Maven's nor the plugin's: they are loaded apart, with the
 * libraries of the project first and those of the plugin only for what the project lacks. So an
 * action sees the very version of oa-core that it was compiled against, and whatever a library of
 * the project's brings along cannot get into Maven's way. What passes the border are texts.
 *
 * @param classPath of the project at run time, its own classes included
 * @param own the folder of the project's own classes
 * @param dependencies also the actions of libraries
 * @param format {@code yaml} or {@code json}
 */
record Generation(List<Path> classPath, Path own, boolean dependencies, String format) {
  private static final Set<String> FORMATS = Set.of("yaml", "json");

  Generation {
    classPath = List.copyOf(classPath);
  }

  /**
   * Writes what has changed; other files stay as they are.
   *
   * @return the actions' names, in alphabetical order
   * @throws InvalidActionsException if there is no action, or one says something wrong of itself
   */
  List<String> into(Path folder) throws InvalidActionsException, IOException {
    if (!FORMATS.contains(format)) {
      throw new InvalidActionsException("format is yaml or json, not " + format);
    }
    SortedMap<String, String> templates = templates();
    if (templates.isEmpty()) {
      throw new InvalidActionsException(nothingFound());
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, String> template : templates.entrySet()) {
      write(folder.resolve(template.getKey() + "." + format), template.getValue());
    }
    return List.copyOf(templates.keySet());
  }

  private String nothingFound() {
    return "no action was found: name a class that implements io.opsautomator.action.ActionProvider"
        + " in META-INF/services/io.opsautomator.action.ActionProvider of "
        + own
        + ", or leave this goal out with -Dopsautomator.skip";
  }

  private SortedMap<String, String> templates() throws InvalidActionsException, IOException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader apart =
        new URLClassLoader(urls().toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(apart);
      return inside(apart)
          .apply(Map.of("format", format, "own", dependencies ? "" : own.toString()));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new InvalidActionsException(Faults.describe(e), e);
    } catch (RuntimeException e) {
      throw new InvalidActionsException(Faults.describe(e), e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @SuppressWarnings("unchecked") // DiscoveredTemplates, loaded by another loader, is just this.
  private static Function<Map<String, String>, SortedMap<String, String>> inside(ClassLoader apart)
      throws ReflectiveOperationException {
    return (Function<Map<String, String>, SortedMap<String, String>>)
        apart.loadClass(DiscoveredTemplates.class.getName()).getDeclaredConstructor().newInstance();
  }

  private List<URL> urls() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path element : classPath) {
      urls.add(element.toUri().toURL());
    }
    urls.addAll(ours());
    return urls;
  }

  /**
   * The plugin and its libraries: under Maven from its own loader, in a test from the class path.
   */
  private static List<URL> ours() throws IOException {
    if (Generation.class.getClassLoader() instanceof URLClassLoader realm) {
      return Arrays.asList(realm.getURLs());
    }
    List<URL> urls = new ArrayList<>();
    for (String element : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      urls.add(Path.of(element).toUri().toURL());
    }
    return urls;
  }

  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }
}
