package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.InvalidExpressionException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TagFilterSetTest {
  private static final Map<String, String> TAGS =
      new TreeMap<>(Map.of("Alpha", "B", "C1", "x,y", "D", "50%", "E", ""));

  private static Set<String> picked(String list) {
    return TagFilterSet.parse(list).pick(TAGS).keySet();
  }

  @ParameterizedTest(name = "{0} picks {1}")
  @CsvSource(
      delimiter = '~',
      nullValues = "-",
      textBlock =
          """
          Alpha=B,C*        ~ Alpha C1
          Alpha=X, ,D=      ~ D
          *                 ~ Alpha C1 D E
          !D                ~ Alpha C1 E
          !Alpha,!D         ~ Alpha C1 D E
          D=50%             ~ D
          Alpha=!B,E        ~ E
          !Alpha=B          ~ ''
          !Alpha=!B         ~ C1 D E
          C1=x,y            ~ ''
          """)
  void picksTheTagsThatAnyConditionHoldsFor(String list, String names) {
    assertThat(String.join(" ", picked(list))).isEqualTo(names);
  }

  @Test
  void theEmptyListPicksNothing() {
    assertThat(picked("")).isEmpty();
    assertThat(picked(" , ")).isEmpty();
  }

  @Test
  void aListWithARegularExpressionIsOneCondition() {
    assertThat(picked("C1=\\x,y$")).containsExactly("C1");
    assertThat(picked("\\[CD].{0,1}=*y")).containsExactly("C1");
    assertThat(TagFilterSet.parse("A,C1=\\x,y$").names()).containsExactly("A,C1");
  }

  @Test
  void tellsWhetherAllTagsArePicked() {
    assertThat(TagFilterSet.parse("A*,C1").allMatch(Map.of("Alpha", "1", "C1", "2"))).isTrue();
    assertThat(TagFilterSet.parse("A*,C1").allMatch(TAGS)).isFalse();
    assertThat(TagFilterSet.parse("").allMatch(Map.of())).isTrue();
  }

  @Test
  void namesComeWithoutNegation() {
    assertThat(TagFilterSet.parse("B=1,!A=!x,C*,B").names()).containsExactly("B", "A", "C*");
  }

  @Test
  void w30_warnsOfANegatedNameWithAValue() {
    assertThat(TagFilterSet.parse("!Alpha=B").warnings())
        .singleElement()
        .asString()
        .contains("to keep all tags but Alpha=B write '!Alpha,Alpha=!B'");
    assertThat(TagFilterSet.parse("!Alpha,Alpha=!B").pick(TAGS)).hasSize(3);
  }

  @Test
  void warnsThatTwoNegationsPickEverything() {
    assertThat(TagFilterSet.parse("!A,!B").warnings())
        .singleElement()
        .asString()
        .contains("keep every tag");
    assertThat(TagFilterSet.parse("A,!B").warnings()).isEmpty();
  }

  @Test
  void faultsAreToldAtTheirPlaceInTheWholeList() {
    assertThatThrownBy(() -> TagFilterSet.parse("A, =x"))
        .isInstanceOfSatisfying(
            InvalidExpressionException.class, e -> assertThat(e.column()).isEqualTo(3));
  }

  @Test
  void isEqualByText() {
    assertThat(TagFilterSet.parse("A,B"))
        .isEqualTo(TagFilterSet.parse("A,B"))
        .hasSameHashCodeAs(TagFilterSet.parse("A,B"))
        .isNotEqualTo(TagFilterSet.parse("B,A"))
        .hasToString("A,B");
  }
}
