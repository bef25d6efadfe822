package io.opsautomator.cli;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoredTask;

/** Colours, or none at all. */
enum Style {
  PLAIN,
  COLOURED;

  static Style of(boolean coloured) {
    return coloured ? COLOURED : PLAIN;
  }

  String bold(String text) {
    return in("1", text);
  }

  String dim(String text) {
    return in("2", text);
  }

  String good(String text) {
    return in("32", text);
  }

  String odd(String text) {
    return in("33", text);
  }

  String bad(String text) {
    return in("31", text);
  }

  String of(Run.State state) {
    return switch (state) {
      case COMPLETE -> good(word(state));
      case FAILED -> bad(word(state));
      case PARTIAL, CANCELLED, PASSED -> odd(word(state));
      default -> word(state);
    };
  }

  String of(StoredTask.State state) {
    return switch (state) {
      case ENABLED -> good(word(state));
      case PAUSED -> odd(word(state));
      case DISABLED, DELETED -> dim(word(state));
    };
  }

  String of(Execution.Status status) {
    return switch (status) {
      case SUCCEEDED -> good(word(status));
      case FAILED, TIMED_OUT, UNCERTAIN -> bad(word(status));
      case CANCELLED, NOT_STARTED -> odd(word(status));
      default -> word(status);
    };
  }

  /** {@code TIMED_OUT} as {@code timed out}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private String in(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
