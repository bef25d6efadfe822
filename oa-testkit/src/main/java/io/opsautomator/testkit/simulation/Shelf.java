package io.opsautomator.testkit.simulation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the store of a world keeps things. */
enum Shelf {
  /** In a map, each operation being one step. */
  MEMORY,

  /** In a DynamoDB table, each call of the client being one step. */
  DYNAMODB;

  static Optional<Shelf> named(String title) {
    return Stream.of(values()).filter(shelf -> shelf.title().equals(title)).findFirst();
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
