package io.opsautomator.benchmarks.filter;

import java.util.List;
import java.util.Map;

/** A language in which one can ask for resources by their tags, compiled if it can be. */
interface FilterEngine {
  /** Their names on the command line and in results. */
  static FilterEngine named(String name) {
    return switch (name) {
      case "ours" -> new Ours();
      case "spel" -> new Spel(Spel.Mode.INTERPRETED);
      case "spel-compiled" -> new Spel(Spel.Mode.COMPILED);
      case "spel-java" -> new Spel(Spel.Mode.WITH_JAVA);
      case "mvel" -> new Mvel();
      case "jmespath" -> new Jmespath();
      case "cel" -> new Cel();
      default -> throw new IllegalArgumentException("no filter engine is called " + name);
    };
  }

  /** Reads a question in this language, and compiles it as far as that goes at once. */
  Object read(Question question);

  /** Reads a question and compiles it, ready to be asked about these resources. */
  Asked compile(Question question, List<Map<String, String>> resources);

  /** A compiled expression, with the resources to ask it about in the engine's own types. */
  @FunctionalInterface
  interface Asked {
    /** Whether the {@code i}th resource is selected. */
    boolean matches(int i);
  }
}
