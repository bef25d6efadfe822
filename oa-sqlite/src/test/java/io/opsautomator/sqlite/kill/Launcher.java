package io.opsautomator.sqlite.kill;

import io.opsautomator.sqlite.disk.Children;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * How engines are started, which is done often: from an archive of classes that were loaded once,
 * which halves the time it takes. Such an archive is of jars only. Immutable.
 */
record Launcher(String classPath, List<String> flags) {
  private static final String SHARED = "-XX:SharedArchiveFile=";

  /** Makes the jars and the archive in a folder, by having one engine run to its end. */
  static Launcher archived(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String part : Children.classPath().split(File.pathSeparator, -1)) {
      Path path = Path.of(part);
      jars.add(Files.isDirectory(path) ? packed(path, folder.resolve(jars.size() + ".jar")) : part);
    }
    String classPath = String.join(File.pathSeparator, jars);
    String archive = folder.resolve("classes.jsa").toString();
    Launcher recording =
        new Launcher(classPath, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off"));
    new Ordeal(Files.createDirectory(folder.resolve("recording")), recording, 0).undisturbed();
    return new Launcher(classPath, List.of(SHARED + archive, "-Xlog:cds=off"));
  }

  List<String> command(List<String> args) {
    return Children.command(classPath, flags, KilledEngine.class, args);
  }

  private static String packed(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(folder)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
    return jar.toString();
  }
}
