package io.opsautomator.testkit.dynamodb;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an expression compares, or sets something to. */
sealed interface Operand {
  record Attribute(Path path) implements Operand {}

  record Literal(AttributeValue value) implements Operand {}

  record Size(Path path) implements Operand {}

  record Sum(Operand left, Operand right, boolean minus) implements Operand {}

  record IfNotExists(Path path, Operand otherwise) implements Operand {}

  record ListAppend(Operand first, Operand second) implements Operand {}
}
