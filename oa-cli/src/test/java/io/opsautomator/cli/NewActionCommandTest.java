package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

final class NewActionCommandTest {
  @TempDir Path folder;

  private Path written() {
    Path project = folder.resolve("mine");
    CommandLineRun.oa(
            "new-action", "LabelThings", "--package", "org.acme", "--in", project.toString())
        .succeeds();
    return project;
  }

  @Test
  void writesAProjectAndTellsHowToGoOn() throws IOException {
    Path project = folder.resolve("mine");
    CommandLineRun run =
        CommandLineRun.oa("new-action", "LabelThings", "--in", project.toString()).succeeds();

    assertThat(run.out())
        .contains("mvn verify", "OA_CLASSPATH=$PWD/target/classes", "oa plan tasks.yaml --endpoint")
        .contains("on the PATH", "tools/aws-emulator start 5555");
    assertThat(run.lines().subList(1, 6)).allMatch(line -> line.startsWith("  ", 54));
    assertThat(Files.readString(project.resolve("tasks.yaml"))).contains("name: label-things");
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("@[A-Z]+@");
      }
    }
  }

  /** What is written compiles, and passes the contract that comes with it. */
  @Test
  void whatItWritesKeepsItsContract() throws IOException, ReflectiveOperationException {
    Path project = written();
    Path classes = compiled(project);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      TestExecutionSummary summary = ran(loader.loadClass("org.acme.LabelThingsTest"));

      assertThat(summary.getFailures()).isEmpty();
      assertThat(summary.getTestsSucceededCount()).isGreaterThan(15);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private Path compiled(Path project) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(project)) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of(
                      "-d", classes.toString(), "-Xlint:all,-processing", "-Werror", "-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(java))
              .call();
      assertThat(compiled).isTrue();
    }
    return classes;
  }

  private static TestExecutionSummary ran(Class<?> test) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(test))
                .build(),
            listener);
    return listener.getSummary();
  }

  @Test
  void neverOverwrites() throws IOException {
    Path project = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(project.resolve("tasks.yaml"), "precious");

    CommandLineRun run =
        CommandLineRun.oa("new-action", "LabelThings", "--in", project.toString()).failsPlainly(2);

    assertThat(run.err()).contains("tasks.yaml exists, and nothing was written");
    assertThat(project.resolve("tasks.yaml")).hasContent("precious");
    assertThat(project.resolve("pom.xml")).doesNotExist();
  }

  @Test
  void namesThatJavaOrTasksCannotHaveAreRefused() {
    assertThat(CommandLineRun.oa("new-action", "label things").failsPlainly(2).err())
        .contains("'label things' is not the name of an action, such as LabelInstances");
    assertThat(CommandLineRun.oa("new-action", "Label", "--package", "../up").failsPlainly(2).err())
        .contains("'../up' is not a Java package");
  }
}
