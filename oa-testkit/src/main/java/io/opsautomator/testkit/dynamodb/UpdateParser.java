package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads update expressions. */
final class UpdateParser extends Parser {
  private final List<Update.Assignment> sets = new ArrayList<>();
  private final List<Path> removes = new ArrayList<>();
  private final List<Update.Member> adds = new ArrayList<>();
  private final List<Update.Member> deletes = new ArrayList<>();

  private UpdateParser(String expression, Placeholders given) {
    super(expression, given);
  }

  static Update update(String expression, Placeholders given) {
    UpdateParser parser = new UpdateParser(expression, given);
    Set<String> sections = new HashSet<>();
    while (!parser.tokens.peek().isEmpty()) {
      String section = parser.tokens.peek().toUpperCase(Locale.ROOT);
      parser.section(section);
      if (!sections.add(section)) {
        throw Refusals.validation("The \"" + section + "\" section can only be used once");
      }
    }
    Update update = new Update(parser.sets, parser.removes, parser.adds, parser.deletes);
    Path.checkApart(update.paths());
    return update;
  }

  private void section(String name) {
    Runnable action =
        switch (name) {
          case "SET" -> this::set;
          case "REMOVE" -> () -> removes.add(path());
          case "ADD" -> () -> adds.add(member("ADD", "N", "SS", "NS", "BS"));
          case "DELETE" -> () -> deletes.add(member("DELETE", "SS", "NS", "BS"));
          default -> throw tokens.unexpected();
        };
    tokens.take();
    do {
      action.run();
    } while (tokens.accept(","));
  }

  private void set() {
    Path path = path();
    tokens.expect("=");
    sets.add(new Update.Assignment(path, value()));
  }

  private Update.Member member(String operator, String... types) {
    Path path = path();
    Operand.Literal literal = new Operand.Literal(given.value(tokens.take()));
    checkType(operator, literal, types);
    return new Update.Member(path, literal.value());
  }

  private Operand value() {
    Operand left = operand();
    boolean minus = tokens.peek().equals("-");
    if (!tokens.accept("+") && !tokens.accept("-")) {
      return left;
    }
    Operand right = operand();
    checkType(minus ? "-" : "+", left, "N");
    checkType(minus ? "-" : "+", right, "N");
    return new Operand.Sum(left, right, minus);
  }

  private Operand operand() {
    if (tokens.accept("(")) {
      Operand inner = value();
      tokens.expect(")");
      return inner;
    }
    if (tokens.peek().startsWith(":")) {
      return new Operand.Literal(given.value(tokens.take()));
    }
    if (tokens.peek(1).equals("(")) {
      return function(tokens.take());
    }
    return new Operand.Attribute(path());
  }

  private Operand function(String name) {
    tokens.expect("(");
    Operand function =
        switch (name) {
          case "if_not_exists" -> ifNotExists();
          case "list_append" -> listAppend();
          default -> throw Refusals.validation("Invalid function name; function: " + name);
        };
    tokens.expect(")");
    return function;
  }

  private Operand ifNotExists() {
    Path path = path();
    tokens.expect(",");
    return new Operand.IfNotExists(path, operand());
  }

  private Operand listAppend() {
    Operand first = operand();
    tokens.expect(",");
    Operand second = operand();
    checkType("list_append", first, "L");
    checkType("list_append", second, "L");
    return new Operand.ListAppend(first, second);
  }
}
