package io.opsautomator.templategen.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projects are compiled here, so that they are as foreign as a user's. */
final class GenerationTest {
  @TempDir private Path folder;
  private Path own;
  private Path output;

  @BeforeEach
  void folders() throws IOException {
    own = Files.createDirectories(folder.resolve("classes"));
    output = folder.resolve("templates");
  }

  /** What it needs to work - a switchboard - is not needed for that. */
  @Test
  void anActionGetsItsTemplateWithoutBeingListed() throws Exception {
    project("Lamp", ".titled(\"Lamp\", \"Switches a lamp\")");

    List<String> written = generation("yaml").into(output);

    assertThat(written).containsExactly("Lamp");
    assertThat(output.resolve("Lamp.yaml"))
        .content()
        .contains("AWSTemplateFormatVersion", "Custom::TaskConfig", "Action: Lamp", "Room:");
  }

  @Test
  void theSameAsJson() throws Exception {
    project("Lamp", ".titled(\"Lamp\", \"Switches a lamp\")");

    generation("json").into(output);

    assertThat(output.resolve("Lamp.json")).content().startsWith("{").contains("\"Lamp\"");
  }

  @Test
  void actionsOfLibrariesAreLeftToThem() throws Exception {
    project("Lamp", ".titled(\"Lamp\", \"Switches a lamp\")");
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

    assertThatThrownBy(() -> new Generation(List.of(own), elsewhere, false, "yaml").into(output))
        .isInstanceOf(InvalidActionsException.class)
        .hasMessageContaining("no action was found")
        .hasMessageContaining("META-INF/services/io.opsautomator.action.ActionProvider")
        .hasMessageContaining(elsewhere.toString());
    assertThat(new Generation(List.of(own), elsewhere, true, "yaml").into(output)).contains("Lamp");
  }

  @Test
  void whatIsWrongWithAnActionFailsTheBuildNamingIt() throws Exception {
    project("Lamp", "");

    assertThatThrownBy(() -> generation("yaml").into(output))
        .isInstanceOf(InvalidActionsException.class)
        .hasMessageContaining("LampAction")
        .hasMessageContaining("LampAction.java:")
        .hasMessageContaining("Action Lamp: ")
        .hasMessageContaining("title");
    assertThat(output).doesNotExist();
  }

  /** Java is content with it, and so is the engine; a template cannot have two of a name. */
  @Test
  void aTemplateThatCannotBeMadeFailsTheBuildNamingActionParametersAndField() throws Exception {
    project("Lamp", ".titled(\"Lamp\", \"Switches a lamp\")", "opsAutomatorStack");

    assertThatThrownBy(() -> generation("yaml").into(output))
        .isInstanceOf(InvalidActionsException.class)
        .hasMessageContaining("house.LampAction: No template can be made of action Lamp")
        .hasMessageContaining("house.LampAction$Params")
        .hasMessageContaining("OpsAutomatorStack");
    assertThat(output).doesNotExist();
  }

  @Test
  void aProviderThatIsNotThereIsNamed() throws Exception {
    Path services = Files.createDirectories(own.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.opsautomator.action.ActionProvider"), "house.Nobody\n");

    assertThatThrownBy(() -> generation("yaml").into(output))
        .isInstanceOf(InvalidActionsException.class)
        .hasMessageContaining("house.Nobody");
  }

  @Test
  void anUnknownFormatIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> generation("toml").into(output))
        .isInstanceOf(InvalidActionsException.class)
        .hasMessage("format is yaml or json, not toml");
  }

  /** A file that did not change would make Maven copy and compile for nothing. */
  @Test
  void whatHasNotChangedIsNotWrittenAgain() throws Exception {
    project("Lamp", ".titled(\"Lamp\", \"Switches a lamp\")");
    generation("yaml").into(output);
    FileTime early = FileTime.fromMillis(0);
    Files.setLastModifiedTime(output.resolve("Lamp.yaml"), early);

    generation("yaml").into(output);

    assertThat(Files.getLastModifiedTime(output.resolve("Lamp.yaml"))).isEqualTo(early);
  }

  private Generation generation(String format) {
    return new Generation(List.of(own), own, false, format);
  }

  private void project(String name, String title) throws IOException {
    project(name, title, "room");
  }

  private void project(String name, String title, String parameter) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src"));
    Path action =
        Files.writeString(sources.resolve(name + "Action.java"), action(name, title, parameter));
    Path provider = Files.writeString(sources.resolve("Provider.java"), provider(name));
    Compiled.into(own, action, provider);
    Path services = Files.createDirectories(own.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("io.opsautomator.action.ActionProvider"), "house.Provider\n");
  }

  private static String action(String name, String title, String parameter) {
    return """
        package house;
        import io.opsautomator.action.*;
        import io.opsautomator.resource.*;
        final class %1$sAction implements Action<%1$sAction.Params> {
          record State(boolean on) {}
          static final ResourceType<State> LAMPS = new ResourceType<>("house", "Lamps", State.class, true);
          record Params(@Param(label = "Room", description = "Where it hangs") String %3$s) {}
          private static final ActionMetadata<Params> METADATA =
              ActionMetadata.of("%1$s", new Params("kitchen"))
                  %2$s
                  .version("1.0", "6f6a0f5e-6c67-4c52-9d0f-3f2a5c9b8d10")
                  .selects(LAMPS, Aggregation.RESOURCE)
                  .build();
          %1$sAction(Switchboard needed) {}
          @Override public ActionMetadata<Params> metadata() { return METADATA; }
          @Override public Outcome execute(ActionContext<Params> ctx) { throw new AssertionError(); }
        }
        """
        .formatted(name, title, parameter);
  }

  private static String provider(String name) {
    return """
        package house;
        import io.opsautomator.action.*;
        public final class Provider implements ActionProvider {
          @Override public java.util.List<Action<?>> actions(Services services) {
            return java.util.List.of(new %sAction(services.get(Switchboard.class)));
          }
        }
        interface Switchboard {}
        """
        .formatted(name);
  }
}
