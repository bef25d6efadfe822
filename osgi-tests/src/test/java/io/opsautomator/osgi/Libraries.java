package io.opsautomator.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** What oa-core needs in a framework, found where the class path has it. */
final class Libraries {
  /** A class of each bundle; the framework sorts out who needs whom. */
  static final List<String> BUNDLES =
      List.of(
          "org.objectweb.asm.ClassReader",
          "org.objectweb.asm.tree.ClassNode",
          "org.objectweb.asm.tree.analysis.Analyzer",
          "org.objectweb.asm.commons.Method",
          "org.objectweb.asm.util.CheckClassAdapter",
          "org.apache.aries.spifly.dynamic.DynamicWeavingActivator",
          "org.slf4j.Logger",
          "org.slf4j.nop.NOPServiceProvider",
          "com.fasterxml.jackson.core.JsonFactory",
          "com.fasterxml.jackson.annotation.JsonProperty",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.datatype.jdk8.Jdk8Module",
          "com.fasterxml.jackson.datatype.jsr310.JavaTimeModule",
          "org.yaml.snakeyaml.Yaml",
          "io.opsautomator.OpsAutomator");

  private Libraries() {}

  /** A jar; or a folder of classes, where the build has come no further. */
  static Path location(String className) throws ClassNotFoundException, URISyntaxException {
    ClassLoader loader = Libraries.class.getClassLoader();
    Class<?> type = Class.forName(className, false, loader);
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The jar of a library that is no bundle, with a manifest that makes it one. */
  static Path wrapped(String className, String exported, Path folder)
      throws IOException, ReflectiveOperationException, URISyntaxException {
    Path bundle = folder.resolve(exported + ".jar");
    try (JarFile jar = new JarFile(location(className).toFile());
        OutputStream file = Files.newOutputStream(bundle);
        JarOutputStream out = new JarOutputStream(file, manifest(exported, exported))) {
      for (Enumeration<JarEntry> each = jar.entries(); each.hasMoreElements(); ) {
        JarEntry entry = each.nextElement();
        if (entry.getName().endsWith(".class")) {
          out.putNextEntry(new JarEntry(entry.getName()));
          try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
          }
        }
      }
    }
    return bundle;
  }

  static Manifest manifest(String name, String exported) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    if (!exported.isEmpty()) {
      main.putValue(Constants.EXPORT_PACKAGE, exported);
    }
    return manifest;
  }
}
