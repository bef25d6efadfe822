package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.opsautomator.InvalidExpressionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TagFilterTest {
  private static final Map<String, String> NONE = Map.of();

  private static boolean matches(String expression, Map<String, String> tags) {
    return TagFilter.parse(expression).matches(tags);
  }

  private static InvalidExpressionException faultOf(String expression) {
    try {
      TagFilter filter = TagFilter.parse(expression);
      throw new AssertionError("accepted: " + filter);
    } catch (InvalidExpressionException e) {
      return e;
    }
  }

  /** Tags are written {@code name=value;…}, or a dash for none. */
  private static Map<String, String> tags(String text) {
    return text.equals("-")
        ? NONE
        : Arrays.stream(text.split(";"))
            .map(tag -> tag.split("=", 2))
            .collect(Collectors.toMap(tag -> tag[0], tag -> tag[1]));
  }

  @ParameterizedTest(name = "{0} on {1} is {2}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          A               ~ A=B       ~ true
          A=              ~ A=B       ~ true
          A=B             ~ A=B       ~ true
          *               ~ A=B       ~ true
          *=*             ~ A=B       ~ true
          **              ~ A=B       ~ true
          a=B             ~ A=B       ~ false
          A=b             ~ A=B       ~ false
          !A              ~ -         ~ true
          !A              ~ C=D       ~ true
          !A              ~ A=B       ~ false
          !A=B            ~ A=X       ~ false
          !A=B            ~ C=D       ~ false
          !A=B            ~ C=B       ~ true
          !A=B            ~ -         ~ true
          !A=!B           ~ C=X       ~ true
          !A=!B           ~ C=B       ~ false
          A=!B            ~ A=X       ~ true
          A=!B            ~ -         ~ false
          A=!             ~ A=!       ~ true
          A=!             ~ A=B       ~ false
          A|C&Z           ~ A=B       ~ false
          ((A=B)|(C=X))&C=D ~ A=B;C=D ~ true
          A=B & C=D       ~ A=B;C=D   ~ true
          A=x%&y          ~ A=x&y     ~ true
          A=%(x%)         ~ A=(x)     ~ true
          A=\\B           ~ A=BCD     ~ true
          A=\\(x%|y)      ~ A=y       ~ true
          A=*B*           ~ A=xBy     ~ true
          A=B*C           ~ A=BxC     ~ false
          A=B=C           ~ A=B=C     ~ true
          A=1,2,3         ~ A=1,2,3   ~ true
          A&              ~ A=B       ~ true
          """)
  void answersTheCompatibilityVectors(String expression, String tags, boolean expected) {
    assertThat(matches(expression, tags(tags))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          (A=B) & (C=D)      ~ A=B;C=D
          C|A=x%&y           ~ A=x&y
          (C|(A=x%&y%)))     ~ A=x&y)
          %&A=B              ~ &A=B
          A=x%*              ~ A=x*
          %!A                ~ !A=1
          A=%\\d             ~ A=\\d
          A=!%!              ~ A=B
          ( ( A = B ) )      ~ A=B
          """)
  void w28_escapesAndBlanksMeanTheSameAtEveryDepth(String expression, String tags) {
    assertThat(matches(expression, tags(tags))).isTrue();
  }

  @Test
  void w28_whatIsEscapedIsNoSign() {
    assertThat(matches("A%=B=C", Map.of("A=B", "C"))).isTrue();
    assertThat(matches("A=x%*", Map.of("A", "xyz"))).isFalse();
    assertThat(matches("A=%*", Map.of("A", "xyz"))).isFalse();
    assertThat(matches("A=% x", Map.of("A", " x"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          ""          ~ 0 ~ a condition is missing
          "  "        ~ 2 ~ a condition is missing
          &A          ~ 0 ~ a condition is missing
          A&&C        ~ 2 ~ a condition is missing
          A&()        ~ 3 ~ a condition is missing
          A=B)        ~ 3 ~ never opened
          (A=B        ~ 0 ~ never closed
          (A)B        ~ 3 ~ after a closing parenthesis
          A=B(C)      ~ 3 ~ written %(
          A=%         ~ 2 ~ a percent sign is written %%
          !           ~ 1 ~ a tag name is missing
          =B          ~ 0 ~ a tag name is missing
          A|!=B       ~ 3 ~ a tag name is missing
          A=\\(       ~ 3 ~ missing closing )
          A=\\[       ~ 3 ~ missing closing ]
          A=\\a(?=b)  ~ 4 ~ no look-ahead
          A=\\(a)\\1  ~ 6 ~ back-reference
          """)
  void w28_tellsWhatIsMalformedWhenItIsParsed(String expression, int column, String problem) {
    InvalidExpressionException fault = faultOf(expression);

    assertThat(fault.problem()).contains(problem);
    assertThat(fault.column()).isEqualTo(column);
    assertThat(fault.expression()).isEqualTo(expression);
  }

  @Test
  void w28_negatesGroups() {
    assertThat(matches("!(A=B)", Map.of("A", "X"))).isTrue();
    assertThat(matches("! ( A=B | C )", Map.of("C", "1"))).isFalse();
    assertThat(matches("D&!(A=B)", Map.of("A", "B", "D", "1"))).isFalse();
    assertThat(matches("!(!(A))", Map.of("A", "B"))).isTrue();
  }

  @Test
  void aTasksWholeFilterStarSelectsUntaggedResourcesToo() {
    assertThat(TagFilter.any().matches(NONE)).isTrue();
    assertThat(TagFilter.ofTask(" * ")).isEqualTo(TagFilter.any()).hasToString("*");
    assertThat(TagFilter.ofTask("A")).isEqualTo(TagFilter.parse("A"));
  }

  @Test
  void starAsAnExpressionWantsATag() {
    assertThat(TagFilter.parse("*")).isNotEqualTo(TagFilter.any());
    assertThat(matches("*", NONE)).isFalse();
    assertThat(matches("(*)", NONE)).isFalse();
    assertThat(matches("*|A", NONE)).isFalse();
  }

  @Test
  void regularExpressionsAreAnchoredAtTheStartOnly() {
    assertThat(matches("\\En.*=\\pro", Map.of("Env", "prod"))).isTrue();
    assertThat(matches("A=\\B$", Map.of("A", "BCD"))).isFalse();
    assertThat(matches("A=!\\B", Map.of("A", "CB"))).isTrue();
  }

  @Test
  void signsInsideARegularExpressionBelongToIt() {
    assertThat(matches("(A=\\(x|y)z)|B", Map.of("A", "yz"))).isTrue();
    assertThat(matches("(A=\\[)&]+$)&A", Map.of("A", ")&)"))).isTrue();
    assertThat(matches("A=\\[]|]$", Map.of("A", "]"))).isTrue();
    assertThat(matches("(A=\\web\\(1\\))", Map.of("A", "web(1)"))).isTrue();
    assertThat(matches("A=\\x\\|y", Map.of("A", "x|y"))).isTrue();
  }

  @Test
  void w29_offersOnlyATagThatEveryMatchCarriesForPushDown() {
    assertThat(TagFilter.parse("Backup=*").requiredTagKey()).contains("Backup");
    assertThat(TagFilter.parse("*=x&(Env=!prod|Env=y)").requiredTagKey()).contains("Env");
    assertThat(TagFilter.parse("A|B&C").requiredTagKey()).contains("C");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "!Backup", "\\Env.*=x", "!A=B", "Back*", "A|B", "!(A=B)", "A&C|B", "**"})
  void w29_offersNoTagForPushDownWhereNoneIsCertain(String expression) {
    assertThat(TagFilter.parse(expression).requiredTagKey()).isEmpty();
  }

  @Test
  void w30_saysWhatANegatedNameWithAValueMeansAndWhatIsProbablyMeant() {
    assertThat(TagFilter.parse("Z&( !A=B )").warnings())
        .singleElement()
        .asString()
        .contains("'!A=B' wants that there is no tag 'A'", "write '!(A=B)'");
  }

  @Test
  void tellsThatChainsAreReadFromLeftToRight() {
    assertThat(TagFilter.parse("A|C&Z|Y").warnings())
        .singleElement()
        .asString()
        .contains("left to right: ((A|C)&Z)|Y");
    assertThat(TagFilter.parse("(A|C)&Z&Y").warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          N=!*      ~ never matches
          N!=x      ~ ends with '!'
          N=a*b     ~ wildcard at an end only
          N|        ~ nothing behind it
          """)
  void warnsOfTraps(String expression, String warning) {
    assertThat(TagFilter.parse(expression).warnings()).singleElement().asString().contains(warning);
  }

  @Test
  void hasNothingToSayAboutPlainFilters() {
    assertThat(TagFilter.parse("Env=prod*&!Owner&(A=!x|B=\\y.*z)").warnings()).isEmpty();
  }

  @Test
  void knowsABareWildcard() {
    assertThat(TagFilter.any().bareWildcard()).isTrue();
    assertThat(TagFilter.parse("*=").bareWildcard()).isTrue();
    assertThat(TagFilter.parse("** = x").bareWildcard()).isTrue();
    assertThat(TagFilter.parse("A*").bareWildcard()).isFalse();
    assertThat(TagFilter.parse("A=*").bareWildcard()).isFalse();
  }

  @Test
  void listsTheNamesItLooksAtWithoutNegation() {
    assertThat(TagFilter.parse("!A=x|(B*&!(\\c.d=1))&A").keys())
        .containsExactly("A", "B*", "\\c.d");
    assertThat(TagFilter.any().keys()).isEmpty();
  }

  @Test
  void isEqualByText() {
    assertThat(TagFilter.parse("A=B"))
        .isEqualTo(TagFilter.parse("A=B"))
        .hasSameHashCodeAs(TagFilter.parse("A=B"))
        .isNotEqualTo(TagFilter.parse("A =B"))
        .hasToString("A=B");
  }

  @Test
  void deepNestingIsRefusedAndLongChainsAreNot() {
    assertThat(matches("(".repeat(200) + "A" + ")".repeat(200), Map.of("A", ""))).isTrue();
    assertThat(faultOf("(".repeat(100_000)).problem()).contains("at most 200 deep");
    assertThat(faultOf("!(".repeat(201) + "A").column()).isEqualTo(401);
    assertThat(matches("A&B|".repeat(50_000) + "A", Map.of("A", ""))).isTrue();
    assertThat(faultOf("A=\\" + "(".repeat(5000) + ")".repeat(5000)).problem())
        .contains("nest at most");
  }

  @Test
  void regularExpressionsTakeLinearTime() {
    String text = "a".repeat(20_000) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(matches("A=\\(a+)+$", Map.of("A", text))).isFalse());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(matches("A=\\(a|aa)*c", Map.of("A", text))).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"A=\\((a{1000}){1000}){1000}", "A=\\(a{99}){99}", "A=\\a{1000}{1000}"})
  void regularExpressionsCannotGrowWithoutBounds(String expression) {
    assertThatThrownBy(() -> TagFilter.parse(expression))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @Test
  void largeButBoundedRegularExpressionsDoNotExhaustTheStack() {
    assertThat(matches("A=\\" + "a?".repeat(900) + "$", Map.of("A", "a".repeat(900)))).isTrue();
    assertThat(matches("A=\\" + "(".repeat(100) + "a" + ")*".repeat(100), Map.of("A", "a")))
        .isTrue();
    assertThat(matches("A=\\[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", Map.of("A", "x")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=\\(?i)\u1c80",
        "a=\\(?i)x\\x{1C85}",
        "\\(?si)[a-\uffff]",
        "a=\\[a-c](?i:[&-\\x{fffd}])",
        "a=\\(?i)[\\d-\u1c83]",
        "a=\\(?i)[*-----.--\uffff]",
        "a=\\(?i)\\QD\u1c88\\E"
      })
  void lettersWhoseFormsTheRegexLibraryWalksForeverAreRefused(String expression) {
    assertThatThrownBy(() -> TagFilter.parse(expression))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageContaining("U+1C80 to U+1C88");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=\\\u1c80",
        "\\[a-\uffff]",
        "a=\\(?i)[a-z\u00e0-\u024f]",
        "a=\\(?i)\u65e5\u672c",
        "a=\\(?i)x\\-\u65e5"
      })
  void otherLettersAreAtHomeInRegularExpressions(String expression) {
    assertThat(TagFilter.parse(expression).toString()).isEqualTo(expression);
  }
}
