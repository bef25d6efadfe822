package io.opsautomator.testkit.dynamodb;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an expression compares, or sets something to. */
sealed interface Operand {
  /**
   * What it is worth in a condition; nothing where the item has nothing.
   *
   * @throws IllegalArgumentException if it is none that a condition may have
   */
  default Optional<AttributeValue> in(Map<String, AttributeValue> item) {
    throw new IllegalArgumentException(this + " is no operand of a condition");
  }

  record Attribute(Path path) implements Operand {
    @Override
    public Optional<AttributeValue> in(Map<String, AttributeValue> item) {
      return path.in(item);
    }
  }

  record Literal(AttributeValue value) implements Operand {
    @Override
    public Optional<AttributeValue> in(Map<String, AttributeValue> item) {
      return Optional.of(value);
    }
  }

  record Size(Path path) implements Operand {
    @Override
    public Optional<AttributeValue> in(Map<String, AttributeValue> item) {
      return path.in(item).flatMap(Size::of);
    }

    private static Optional<AttributeValue> of(AttributeValue value) {
      return switch (value.type()) {
        case S -> count(value.s().codePointCount(0, value.s().length()));
        case B -> count(Values.bytes(value.b()).length);
        case SS -> count(value.ss().size());
        case NS -> count(value.ns().size());
        case BS -> count(value.bs().size());
        case L -> count(value.l().size());
        case M -> count(value.m().size());
        default -> Optional.empty();
      };
    }

    private static Optional<AttributeValue> count(int size) {
      return Optional.of(AttributeValue.fromN(Integer.toString(size)));
    }
  }

  record Sum(Operand left, Operand right, boolean minus) implements Operand {}

  record IfNotExists(Path path, Operand otherwise) implements Operand {}

  record ListAppend(Operand first, Operand second) implements Operand {}
}
