package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code INSERT INTO "table" VALUE {...}}, or {@code VALUE ?}, read. Lists are written in brackets,
 * sets are only known as parameters.
 */
record Insertion(String table, Map<String, AttributeValue> item) {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\s*INSERT\\s+INTO\\s+(?:\"([^\"]+)\"|([A-Za-z_][A-Za-z0-9_]*))\\s+VALUE\\s*(.*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern WORD =
      Pattern.compile("\\s*('(?:[^']|'')*'|[-+]?[0-9][0-9.eE+-]*|[A-Za-z]+|[{}\\[\\],:?])\\s*");

  static Insertion of(String statement, List<AttributeValue> parameters) {
    Matcher matcher = STATEMENT.matcher(statement);
    if (!matcher.matches()) {
      throw new UnsupportedOperationException("of PartiQL only INSERT is known here: " + statement);
    }
    String table = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    Reading reading = new Reading(matcher.group(3), parameters);
    AttributeValue item = reading.value();
    reading.end();
    if (!Values.is(item, "M")) {
      throw Refusals.validation("What is inserted must be a map: " + statement);
    }
    return new Insertion(table, Values.checked(item.m()));
  }

  private static final class Reading {
    private final String text;
    private final List<AttributeValue> parameters;
    private final List<String> words = new ArrayList<>();
    private int next;
    private int used;

    Reading(String text, List<AttributeValue> parameters) {
      this.text = text;
      this.parameters = parameters;
      Matcher matcher = WORD.matcher(text);
      int at = 0;
      while (at < text.length() && matcher.region(at, text.length()).lookingAt()) {
        words.add(matcher.group(1));
        at = matcher.end();
      }
      if (at < text.length()) {
        throw wrong();
      }
    }

    private RuntimeException wrong() {
      return Refusals.validation("Statement wasn't well formed, can't be processed: " + text);
    }

    private String take() {
      if (next == words.size()) {
        throw wrong();
      }
      return words.get(next++);
    }

    private boolean accept(String word) {
      boolean here = next < words.size() && words.get(next).equals(word);
      next += here ? 1 : 0;
      return here;
    }

    private void expect(String word) {
      if (!accept(word)) {
        throw wrong();
      }
    }

    void end() {
      if (next < words.size()) {
        throw wrong();
      }
      if (used != parameters.size()) {
        throw Refusals.validation("Number of parameters in request and statement don't match.");
      }
    }

    AttributeValue value() {
      String word = take();
      return switch (word) {
        case "?" -> parameter();
        case "{" -> map();
        case "[" -> list();
        case "true", "false", "TRUE", "FALSE" -> AttributeValue.fromBool(Boolean.valueOf(word));
        case "null", "NULL" -> AttributeValue.fromNul(true);
        default -> scalar(word);
      };
    }

    private AttributeValue parameter() {
      if (used == parameters.size()) {
        throw Refusals.validation("Number of parameters in request and statement don't match.");
      }
      return parameters.get(used++);
    }

    private AttributeValue scalar(String word) {
      if (word.startsWith("'")) {
        return AttributeValue.fromS(text(word));
      }
      if (!word.matches("[-+]?[0-9].*")) {
        throw wrong();
      }
      return AttributeValue.fromN(word);
    }

    private static String text(String quoted) {
      return quoted.substring(1, quoted.length() - 1).replace("''", "'");
    }

    private AttributeValue map() {
      Map<String, AttributeValue> members = new LinkedHashMap<>();
      while (!accept("}")) {
        if (!members.isEmpty()) {
          expect(",");
        }
        String name = take();
        if (!name.startsWith("'")) {
          throw wrong();
        }
        expect(":");
        members.put(text(name), value());
      }
      return AttributeValue.fromM(members);
    }

    private AttributeValue list() {
      List<AttributeValue> members = new ArrayList<>();
      while (!accept("]")) {
        if (!members.isEmpty()) {
          expect(",");
        }
        members.add(value());
      }
      return AttributeValue.fromL(members);
    }
  }
}
