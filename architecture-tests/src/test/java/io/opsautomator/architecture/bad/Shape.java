package io.opsautomator.architecture.bad;

/** A sealed type of five cases, of which {@link #corners} has forgotten two. */
public sealed interface Shape {
  record Circle() implements Shape {}

  record Square() implements Shape {}

  record Triangle() implements Shape {}

  record Hexagon() implements Shape {}

  record Octagon() implements Shape {}

  /** Fewer than there are shapes. */
  enum Kind {
    CIRCLE,
    SQUARE
  }

  static int corners(Shape shape) {
    if (shape instanceof Circle) {
      return 0;
    }
    if (shape instanceof Square) {
      return 4;
    }
    if (shape instanceof Triangle) {
      return 3;
    }
    return 6;
  }
}
