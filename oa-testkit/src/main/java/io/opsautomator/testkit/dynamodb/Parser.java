package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads conditions and projections; what is wrong whatever the item is, is refused here. */
class Parser {
  private static final Set<String> SIGNS = Set.of("=", "<>", "<", "<=", ">", ">=");
  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL");

  final Tokens tokens;
  final Placeholders given;
  private final List<Path> read = new ArrayList<>();

  Parser(String expression, Placeholders given) {
    this.tokens = new Tokens(expression);
    this.given = given;
    if (tokens.peek().isEmpty()) {
      throw Refusals.validation("The expression can not be empty");
    }
  }

  static Condition condition(String expression, Placeholders given) {
    return filter(expression, given, any -> {});
  }

  /**
   * A condition of which somebody else looks at what it asks for.
   *
   * @param asked told of the name of each attribute
   */
  static Condition filter(String expression, Placeholders given, Consumer<String> asked) {
    Parser parser = new Parser(expression, given);
    Condition condition = parser.or();
    parser.tokens.expectEnd();
    parser.read.forEach(path -> asked.accept(path.top()));
    return condition;
  }

  static List<Path> projection(String expression, Placeholders given) {
    Parser parser = new Parser(expression, given);
    List<Path> paths = new ArrayList<>();
    do {
      paths.add(parser.path());
    } while (parser.tokens.accept(","));
    parser.tokens.expectEnd();
    Path.checkApart(paths);
    return paths;
  }

  // -- Conditions ---------------------------------------------------------------------------------

  private Condition or() {
    Condition left = and();
    while (tokens.accept("OR")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() {
    Condition left = not();
    while (tokens.accept("AND")) {
      left = new Condition.And(left, not());
    }
    return left;
  }

  private Condition not() {
    return tokens.accept("NOT") ? new Condition.Not(not()) : primary();
  }

  private Condition primary() {
    if (tokens.accept("(")) {
      if (tokens.redundant()) {
        throw Refusals.validation("The expression has redundant parentheses");
      }
      Condition inner = or();
      tokens.expect(")");
      return inner;
    }
    if (tokens.peek(1).equals("(") && !tokens.peek().equals("size")) {
      return function(tokens.take());
    }
    return comparison(operand());
  }

  private Condition function(String name) {
    tokens.expect("(");
    Condition function =
        switch (name) {
          case "attribute_exists" -> new Condition.Exists(path(), true);
          case "attribute_not_exists" -> new Condition.Exists(path(), false);
          case "attribute_type" -> hasType();
          case "begins_with" -> beginsWith();
          case "contains" -> contains();
          default -> throw Refusals.validation("Invalid function name; function: " + name);
        };
    tokens.expect(")");
    return function;
  }

  private Condition hasType() {
    Path path = path();
    tokens.expect(",");
    AttributeValue type = given.value(tokens.take());
    if (!Values.is(type, "S") || !TYPES.contains(type.s())) {
      throw Refusals.validation("Invalid attribute type name found; type: " + type);
    }
    return new Condition.HasType(path, type.s());
  }

  private Condition beginsWith() {
    Operand value = operand();
    tokens.expect(",");
    Operand prefix = operand();
    checkType("begins_with", value, "S", "B");
    checkType("begins_with", prefix, "S", "B");
    checkDistinct("begins_with", value, prefix);
    return new Condition.BeginsWith(value, prefix);
  }

  private Condition contains() {
    Operand whole = operand();
    tokens.expect(",");
    Operand part = operand();
    checkDistinct("contains", whole, part);
    return new Condition.Contains(whole, part);
  }

  private Condition comparison(Operand left) {
    if (tokens.accept("BETWEEN")) {
      return between(left);
    }
    if (tokens.accept("IN")) {
      return in(left);
    }
    if (!SIGNS.contains(tokens.peek())) {
      throw tokens.unexpected();
    }
    String sign = tokens.take();
    Operand right = operand();
    if (!sign.equals("=") && !sign.equals("<>")) {
      checkType(sign, left, "S", "N", "B");
      checkType(sign, right, "S", "N", "B");
    }
    checkDistinct(sign, left, right);
    return new Condition.Compares(left, sign, right);
  }

  private Condition between(Operand value) {
    Operand low = operand();
    tokens.expect("AND");
    Operand high = operand();
    for (Operand one : List.of(value, low, high)) {
      checkType("BETWEEN", one, "S", "N", "B");
    }
    if (low instanceof Operand.Literal from && high instanceof Operand.Literal to) {
      if (from.value().type() != to.value().type()) {
        throw Refusals.validation("The BETWEEN operator requires same data type for bounds");
      }
      if (Values.compare(from.value(), to.value()) > 0) {
        throw Refusals.validation("The BETWEEN operator requires upper bound >= lower bound");
      }
    }
    return new Condition.Between(value, low, high);
  }

  private Condition in(Operand value) {
    tokens.expect("(");
    List<Operand> among = new ArrayList<>();
    do {
      among.add(operand());
    } while (tokens.accept(","));
    tokens.expect(")");
    among.forEach(one -> checkDistinct("IN", value, one));
    if (among.size() > 100) {
      throw Refusals.validation("Too many operands of IN; number of operands: " + among.size());
    }
    return new Condition.In(value, among);
  }

  static void checkType(String operator, Operand operand, String... types) {
    @Nullable String type = null;
    if (operand instanceof Operand.Literal literal) {
      type = Values.type(literal.value());
    } else if (operand instanceof Operand.Size) {
      type = "N";
    }
    if (type != null && !List.of(types).contains(type)) {
      throw Refusals.validation(
          "Incorrect operand type for operator or function; operator or function: "
              + (operator + ", operand type: " + type));
    }
  }

  private static void checkDistinct(String operator, Operand one, Operand other) {
    if (one instanceof Operand.Attribute && one.equals(other)) {
      throw Refusals.validation(
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator);
    }
  }

  // -- Operands -----------------------------------------------------------------------------------

  private Operand operand() {
    if (tokens.peek().startsWith(":")) {
      return new Operand.Literal(given.value(tokens.take()));
    }
    if (tokens.peek().equals("size") && tokens.peek(1).equals("(")) {
      tokens.take();
      tokens.expect("(");
      Path path = path();
      tokens.expect(")");
      return new Operand.Size(path);
    }
    return new Operand.Attribute(path());
  }

  Path path() {
    List<Path.Step> steps = new ArrayList<>();
    steps.add(new Path.Step.Name(name()));
    while (true) {
      if (tokens.accept(".")) {
        steps.add(new Path.Step.Name(name()));
      } else if (tokens.accept("[")) {
        steps.add(new Path.Step.Index(index()));
      } else {
        Path path = new Path(steps);
        given.check(path);
        read.add(path);
        return path;
      }
    }
  }

  private String name() {
    String word = tokens.peek();
    if (word.isEmpty() || word.charAt(0) != '#' && !Character.isLetter(word.charAt(0))) {
      throw tokens.unexpected();
    }
    return given.name(tokens.take());
  }

  private int index() {
    if (!tokens.peek().matches("[0-9]{1,9}")) {
      throw tokens.unexpected();
    }
    int number = Integer.parseInt(tokens.take());
    tokens.expect("]");
    return number;
  }
}
