package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.internal.Compiler;
import io.opsautomator.resource.internal.Expression;
import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Operator;
import io.opsautomator.resource.internal.Expression.ValueTest;
import io.opsautomator.resource.internal.ExpressionParser;
import io.opsautomator.resource.internal.TextPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Laws of the grammar, tried on seeded random trees and texts. */
final class TagFilterPropertyTest {
  private static final String ALPHABET = "ABab1 &|()%!=*\\,[]{}+?^$.-:\t\u00e9";
  private final Random random = new Random(20260729);

  @Test
  void aTreeWrittenWithEscapesIsReadBackAsTheSameTree() {
    for (int i = 0; i < 5_000; i++) {
      Expression tree = tree(4);
      String text = written(tree);
      assertThat(ExpressionParser.parse(text).tree()).as(text).isEqualTo(tree);
    }
  }

  @Test
  void compiledTreesAnswerAsTheDefinitionDoes() {
    for (int i = 0; i < 5_000; i++) {
      Expression tree = tree(3);
      Map<String, String> tags = tags();
      assertThat(Compiler.compile(tree).test(tags))
          .as("%s on %s", written(tree), tags)
          .isEqualTo(defined(tree, tags));
    }
  }

  @Test
  void columnsAnswerAsTheFilterDoesOfEachResource() {
    for (int i = 0; i < 500; i++) {
      List<Map<String, String>> resources = new ArrayList<>();
      for (int j = random.nextInt(20); j >= 0; j--) {
        resources.add(tags());
      }
      TagColumns columns = TagColumns.of(resources);
      for (int k = 0; k < 10; k++) {
        TagFilter filter = k == 0 ? TagFilter.any() : TagFilter.parse(written(tree(3)));
        IntPredicate matching = columns.matching(filter);
        for (int row = 0; row < columns.rows(); row++) {
          assertThat(matching.test(row))
              .as("%s on %s", filter, resources.get(row))
              .isEqualTo(filter.matches(resources.get(row)));
        }
      }
    }
  }

  @Test
  void aRequiredTagIsCarriedByEveryMatch() {
    for (int i = 0; i < 5_000; i++) {
      TagFilter filter = TagFilter.parse(written(tree(3)));
      Map<String, String> tags = tags();
      if (filter.matches(tags)) {
        filter
            .requiredTagKey()
            .ifPresent(key -> assertThat(tags).as("%s", filter).containsKey(key));
      }
    }
  }

  @Test
  void aTagTheFilterDoesNotDependOnChangesNothing() {
    for (int i = 0; i < 5_000; i++) {
      TagFilter filter = TagFilter.parse(written(tree(3)));
      Map<String, String> tags = tags();
      Map<String, String> more = new HashMap<>(tags);
      String name = "x" + literal();
      more.put(name, literal());
      if (!filter.dependsOn(name)) {
        assertThat(filter.matches(more)).as("%s", filter).isEqualTo(filter.matches(tags));
      }
    }
  }

  @Test
  void anyTextIsAFilterOrTellsItsFault() {
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(ALPHABET, random.nextInt(12));
      try {
        TagFilter filter = TagFilter.parse(text);
        assertThat(filter.matches(tags())).isIn(true, false);
        accepted++;
      } catch (InvalidExpressionException e) {
        assertThat(e.column()).isBetween(0, text.length());
      }
    }
    assertThat(accepted).isBetween(1_000, 19_000);
  }

  @Test
  void anyTextIsASetOrTellsItsFault() {
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(ALPHABET, random.nextInt(12));
      try {
        Map<String, String> tags = tags();
        assertThat(tags).containsAllEntriesOf(TagFilterSet.parse(text).pick(tags));
        accepted++;
      } catch (InvalidExpressionException e) {
        assertThat(e.column()).isBetween(0, text.length());
      }
    }
    assertThat(accepted).isBetween(1_000, 20_000);
  }

  private static boolean defined(Expression tree, Map<String, String> tags) {
    if (tree instanceof Condition condition) {
      return condition.negated()
          ? tags.entrySet().stream().allMatch(t -> condition.holdsFor(t.getKey(), t.getValue()))
          : tags.entrySet().stream().anyMatch(t -> condition.holdsFor(t.getKey(), t.getValue()));
    }
    if (tree instanceof Expression.Not not) {
      return !defined(not.operand(), tags);
    }
    if (tree instanceof Chain chain) {
      boolean result = defined(chain.first(), tags);
      for (Link link : chain.rest()) {
        boolean next = defined(link.operand(), tags);
        result = link.operator() == Operator.AND ? result && next : result || next;
      }
      return result;
    }
    return true;
  }

  private Expression tree(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 0, 1 -> condition();
      case 2 -> new Expression.Not(tree(depth - 1));
      default -> {
        List<Link> links = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          Operator operator = random.nextBoolean() ? Operator.AND : Operator.OR;
          links.add(new Link(operator, tree(depth - 1)));
        }
        yield new Chain(tree(depth - 1), links);
      }
    };
  }

  private Condition condition() {
    ValueTest value =
        random.nextInt(3) == 0 ? ValueTest.ANY : new ValueTest(random.nextBoolean(), pattern());
    return new Condition(random.nextInt(3) == 0, pattern(), value);
  }

  private TextPattern pattern() {
    return switch (random.nextInt(7)) {
      case 0 -> new TextPattern.Everything();
      case 1 -> new TextPattern.Prefix(literal());
      case 2 -> new TextPattern.Suffix(literal());
      case 3 -> new TextPattern.Substring(literal());
      case 4 -> new TextPattern.Regex(Pattern.compile(regex()));
      default -> new TextPattern.Exact(literal());
    };
  }

  private String regex() {
    List<String> some = List.of("", "A", "[ab)|]+$", "(A|b&=)*", "a\\(b", "^a%b?", "\\\\|B ");
    return some.get(random.nextInt(some.size()));
  }

  private String literal() {
    return text(ALPHABET, 1 + random.nextInt(3));
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.put(literal(), literal());
    }
    return tags;
  }

  private String text(String alphabet, int length) {
    return random
        .ints(length, 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .collect(Collectors.joining());
  }

  private String written(Expression tree) {
    if (tree instanceof Condition condition) {
      return blanks()
          + (condition.negated() ? "!" : "")
          + written(condition.name())
          + written(condition.value())
          + blanks();
    }
    if (tree instanceof Expression.Not not) {
      return "!" + blanks() + "(" + written(not.operand()) + ")" + blanks();
    }
    Chain chain = (Chain) tree;
    StringBuilder text = new StringBuilder(operand(chain.first()));
    for (Link link : chain.rest()) {
      text.append(link.operator() == Operator.AND ? '&' : '|').append(operand(link.operand()));
    }
    return text.toString();
  }

  private String operand(Expression tree) {
    boolean needed = tree instanceof Chain;
    return needed || random.nextInt(4) == 0
        ? blanks() + "(" + written(tree) + ")" + blanks()
        : written(tree);
  }

  private String written(ValueTest value) {
    if (value.isAny()) {
      return random.nextBoolean() ? "" : "=";
    }
    return "=" + (value.negated() ? "!" : "") + written(value.pattern());
  }

  private String written(TextPattern pattern) {
    if (pattern instanceof TextPattern.Regex regex) {
      return "\\" + escaped(regex.pattern().pattern());
    }
    if (pattern instanceof TextPattern.Prefix prefix) {
      return escaped(prefix.start()) + "*";
    }
    if (pattern instanceof TextPattern.Suffix suffix) {
      return "*" + escaped(suffix.end());
    }
    if (pattern instanceof TextPattern.Substring substring) {
      return "*" + escaped(substring.part()) + "*";
    }
    return pattern instanceof TextPattern.Exact exact ? escaped(exact.literal()) : "*";
  }

  private String blanks() {
    return " ".repeat(random.nextInt(2));
  }

  private static String escaped(String text) {
    return text.chars()
        .mapToObj(c -> Character.isLetterOrDigit(c) ? Character.toString(c) : "%" + (char) c)
        .collect(Collectors.joining());
  }
}
