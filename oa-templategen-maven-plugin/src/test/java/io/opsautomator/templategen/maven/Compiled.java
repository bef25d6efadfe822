package io.opsautomator.templategen.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles sources as a project of its own would. */
final class Compiled {
  private Compiled() {}

  static void into(Path folder, Path... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        new ArrayList<>(
            List.of(
                "-parameters",
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    Arrays.stream(sources).map(Path::toString).forEach(options::add);
    assertThat(compiler.run(null, null, null, options.toArray(String[]::new))).isZero();
  }
}
