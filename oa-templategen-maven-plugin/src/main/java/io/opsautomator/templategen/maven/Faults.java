package io.opsautomator.templategen.maven;

import java.util.ArrayList;
import java.util.List;

/** Says what went wrong while the project's classes were loaded, in the words of who knows best. */
final class Faults {
  private Faults() {}

  /**
   * The messages of a failure and of what is behind it, and the class in whose beginnings it
   * happened: what an action says of itself is usually wrong in a constant, and Java then only
   * tells that the class could not be initialised.
   */
  static String describe(Throwable failure) {
    List<String> words = new ArrayList<>();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      String word = word(one);
      if (words.stream().noneMatch(other -> other.contains(word))) {
        words.add(word);
      }
    }
    return String.join(": ", words);
  }

  private static String word(Throwable one) {
    if (one instanceof ExceptionInInitializerError) {
      return beginnings(one);
    }
    String message = one.getMessage();
    if (message == null || message.isBlank()) {
      return one.getClass().getSimpleName();
    }
    return one instanceof NoClassDefFoundError || one instanceof ClassNotFoundException
        ? "class " + message.replace('/', '.') + " is not there or does not load"
        : message;
  }

  private static String beginnings(Throwable initialising) {
    Throwable cause = initialising.getCause();
    if (cause != null) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (frame.getMethodName().equals("<clinit>")) {
          return "the constants of %s (%s:%d)"
              .formatted(frame.getClassName(), frame.getFileName(), frame.getLineNumber());
        }
      }
    }
    return "the constants of a class";
  }
}
