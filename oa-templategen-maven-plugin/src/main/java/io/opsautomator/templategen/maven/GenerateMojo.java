package io.opsautomator.templategen.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Writes a CloudFormation template for each action of the project: a task of that action, with its
 * parameters. The actions are those that its {@code ActionProvider}s give, so nothing has to be
 * listed here. The project is compiled first, since what an action says of itself is in its class.
 */
@Mojo(
    name = "generate",
    defaultPhase = LifecyclePhase.GENERATE_RESOURCES,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@SuppressWarnings("NullAway.Init") // Maven sets what it is asked for.
public final class GenerateMojo extends AbstractMojo {
  /** Where templates are in the project's jar. */
  private static final String IN_JAR = "META-INF/opsautomator/templates";

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  /** The folder for the templates. Files of other names in it stay as they are. */
  @Parameter(
      property = "opsautomator.output",
      defaultValue = "${project.build.directory}/generated-resources/opsautomator",
      required = true)
  private File outputDirectory;

  /** {@code yaml} or {@code json}. */
  @Parameter(property = "opsautomator.format", defaultValue = "yaml", required = true)
  private String format;

  /** Also for the actions of the libraries that the project uses. */
  @Parameter(property = "opsautomator.dependencies", defaultValue = "false")
  private boolean dependencies;

  /** Whether the templates are put into the project's jar, in META-INF/opsautomator/templates. */
  @Parameter(property = "opsautomator.package", defaultValue = "true")
  private boolean inJar;

  /** Leaves the goal out. */
  @Parameter(property = "opsautomator.skip", defaultValue = "false")
  private boolean skip;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip || project.getPackaging().equals("pom")) {
      getLog().info("No templates: left out");
      return;
    }
    Path output = outputDirectory.toPath();
    try {
      List<String> written = generation().into(output);
      getLog().info("Templates of %s in %s".formatted(String.join(", ", written), output));
    } catch (InvalidActionsException e) {
      throw new MojoFailureException(e.getMessage(), e);
    } catch (IOException e) {
      throw new MojoExecutionException("Cannot write templates into " + output + ": " + e, e);
    }
    if (inJar) {
      addToJar();
    }
  }

  private Generation generation() throws MojoExecutionException {
    try {
      List<Path> classPath = project.getRuntimeClasspathElements().stream().map(Path::of).toList();
      Path own = Path.of(project.getBuild().getOutputDirectory());
      return new Generation(classPath, own, dependencies, format);
    } catch (DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("The project's class path is not known: " + e, e);
    }
  }

  private void addToJar() {
    Resource resource = new Resource();
    resource.setDirectory(outputDirectory.getPath());
    resource.setTargetPath(IN_JAR);
    project.addResource(resource);
  }
}
