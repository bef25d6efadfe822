package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.Exclusion.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributeFilterTest {
  /** Public, as its names are read by reflection in a library. */
  public record Disk(
      String state,
      int size,
      Optional<String> zone,
      Instant made,
      List<Map<String, String>> users) {
    static final ResourceType<Disk> TYPE = new ResourceType<>("box", "Disks", Disk.class, true);
  }

  private static final Resource<Disk> DISK =
      new Resource<>(
          Disk.TYPE,
          "disk-1",
          Scope.of("111122223333", "eu-west-1"),
          Map.of("Env", "dev", "a:b", "1"),
          new Disk(
              "free",
              120,
              Optional.empty(),
              Instant.parse("2026-01-05T10:00:00Z"),
              List.of(Map.of("name", "ann"), Map.of("name", "bob"))));

  private static boolean matches(String expression) {
    return AttributeFilter.parse(expression).matches(DISK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=='free' && size > `100`",
        " state == 'free' ",
        "!(state=='used')",
        "id=='disk-1' && account=='111122223333' && region=='eu-west-1'",
        "tags.Env=='dev' && tags.\"a:b\"=='1'",
        "users[?name=='bob']",
        "length(users) >= `2`",
        "starts_with(made, '2026-01')",
        "zone == null || contains(zone, 'a')",
        "state"
      })
  void whatIsTrueIsSelected(String expression) {
    assertThat(matches(expression)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=='used'",
        "size < `100`",
        "zone",
        "users[?name=='eve']",
        "size > '100'",
        "contains(zone, 'a')",
        "!contains(zone, 'a')",
        "nothing.of.the.kind"
      })
  void whatIsNotTrueOrCannotBeJudgedIsNot(String expression) {
    assertThat(matches(expression)).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          state=='free' && size > `200`    ~ does not match size > `200` (size=120)
          state=='used' && size > `200`    ~ does not match state=='used' (state=free)
          zone && size > `1`               ~ does not match zone (zone=nothing)
          size > `1` && (state=='a' || state=='b') ~ does not match (state=='a' || state=='b') (state=free)
          state=='a' || size > `1` && zone ~ does not match state=='a' || size > `1` && zone (state=free, size=120, zone=nothing)
          tags.Env=='prod'                 ~ does not match tags.Env=='prod' (tags={"Env":"dev","a:b":"1"})
          contains(zone, 'x')              ~ cannot be judged by contains(zone, 'x') (Invalid argument type calling "contains": expected array or string but was null)
          """)
  void namesTheFirstPartThatDoesNotHold(String expression, String told) {
    Exclusion why = AttributeFilter.parse(expression).explain(DISK).orElseThrow();
    assertThat(why).hasToString(told);
    assertThat(why.kind()).isEqualTo(Kind.ATTRIBUTES);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          state = 'free'   ~ 6  ~ 'equals' is written ==
          size > 100       ~ 7  ~ a number is written `100`
          state ==         ~ 8  ~ end
          (state           ~ 6  ~ missing ')'
          has(state)       ~ 0  ~ unknown function "has"
          state=='a' &     ~ 11 ~ extraneous input '&'
          """)
  void aFaultHasACaretUnderIt(String expression, int column, String problem) {
    assertThatThrownBy(() -> AttributeFilter.parse(expression))
        .isInstanceOfSatisfying(
            InvalidExpressionException.class,
            e -> {
              assertThat(e.column()).as(e.getMessage()).isEqualTo(column);
              assertThat(e.problem()).contains(problem).doesNotContain("{");
              assertThat(e).hasCauseInstanceOf(RuntimeException.class);
            });
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsParsed() {
    for (String huge :
        List.of(
            "a" + "||a".repeat(400),
            "(".repeat(200) + "a" + ")".repeat(200),
            "!".repeat(900) + "a",
            "[".repeat(900),
            "{a:".repeat(300))) {
      assertThatThrownBy(() -> AttributeFilter.parse(huge))
          .isInstanceOf(InvalidExpressionException.class)
          .hasMessageContaining("at most");
    }
    assertThat(matches("state" + "||state".repeat(140))).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          state=='free' && size > `1`     ~ -
          tags.Nobody=='x' || id=='y'     ~ -
          users[?nam=='x'] | [0].other    ~ -
          max_by(users, &nam).name=='x'   ~ -
          {x: stat}.x=='1'                ~ -
          stat=='free'                    ~ 'stat' is no attribute of box:Disks; did you mean 'state'?; a text is written 'stat' in single quotes
          state==free                     ~ 'free' is no attribute of box:Disks; known: account, id, made, region, size, state, tags, users, zone; a text is written 'free' in single quotes
          size > `1` && "Zone"=='a'       ~ 'Zone' is no attribute of box:Disks; did you mean 'zone'?; a text is written 'Zone' in single quotes
          `true`                          ~ looks at no attribute: it selects all
          'x'=='y'                        ~ looks at no attribute: it selects nothing
          """)
  void warnsOfWhatIsPerhapsNotMeant(String expression, String warning) {
    List<String> warnings = AttributeFilter.parse(expression).warnings(Disk.TYPE);
    assertThat(warnings).isEqualTo(warning.equals("-") ? List.of() : List.of(warning));
  }

  /** Everything of ours is loaded afresh, and the library is not there. */
  private static final class WithoutLibrary extends ClassLoader {
    WithoutLibrary() {
      super(AttributeFilterTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.burt.")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("io.opsautomator.resource.")
          ? ours(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> ours(String name) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void withoutTheLibraryTheArtifactToAddIsNamed() throws ReflectiveOperationException {
    Class<?> type = new WithoutLibrary().loadClass(AttributeFilter.class.getName(), true);
    assertThatThrownBy(() -> type.getMethod("parse", String.class).invoke(null, "state"))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageContaining("filters of attributes need io.burt:jmespath-jackson");
  }
}
