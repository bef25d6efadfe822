package io.opsautomator.osgi;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/** A bundle made of a package of these tests. */
final class TestBundle {
  private static final List<String> CORE =
      List.of("", ".action", ".resource", ".store", ".task", ".event", ".plan", ".dispatch");

  private TestBundle() {}

  /**
   * All classes of the activator's package; imports what a user of the core imports, in just this
   * version.
   */
  static Path of(Class<? extends BundleActivator> activator, String core, Path folder)
      throws IOException, URISyntaxException {
    String name = activator.getPackageName();
    Manifest manifest = Libraries.manifest(name, "");
    Attributes main = manifest.getMainAttributes();
    main.putValue(Constants.BUNDLE_ACTIVATOR, activator.getName());
    main.putValue(Constants.IMPORT_PACKAGE, imports(core));
    Path bundle = folder.resolve(name + ".jar");
    Path root = Path.of(activator.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (OutputStream file = Files.newOutputStream(bundle);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> classes = Files.list(root.resolve(name.replace('.', '/')))) {
      for (Path each : classes.sorted().toList()) {
        out.putNextEntry(new JarEntry(root.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, out);
      }
    }
    return bundle;
  }

  private static String imports(String core) {
    return CORE.stream()
        .map(part -> "io.opsautomator" + part + ";version=\"[" + core + "," + core + "]\"")
        .collect(Collectors.joining(",", "", ",org.osgi.framework"));
  }
}
