package io.opsautomator.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run of {@link ActionContract} has shown of one action, told at its end. A rule that was
 * not run, because a test tool was asked for a single one, is not claimed. Thread-safe.
 */
final class Certificate {
  private final Map<Rule, Set<String>> kept = new EnumMap<>(Rule.class);
  private final Set<Rule> broken = new TreeSet<>();

  synchronized void kept(Rule rule, String example) {
    kept.computeIfAbsent(rule, key -> new LinkedHashSet<>()).add(example);
  }

  synchronized void broken(Rule rule) {
    broken.add(rule);
  }

  /** Such as {@code certified: 11 of 11 rules in 3 cases}, and a line for each rule. */
  synchronized String text() {
    Set<String> cases = new TreeSet<>();
    kept.values().forEach(cases::addAll);
    kept.keySet().removeAll(broken);
    StringBuilder text = new StringBuilder();
    text.append(kept.size() == Rule.values().length ? "certified" : "not certified");
    text.append(": ").append(kept.size()).append(" of ").append(Rule.values().length);
    text.append(" rules in ").append(cases.size()).append(cases.size() == 1 ? " case" : " cases");
    for (Rule rule : Rule.values()) {
      text.append("\n  ").append(mark(rule)).append(rule.words());
    }
    return text.toString();
  }

  /**
   * Into {@code certificates/<test class>.txt} of a folder, if it exists: a build tool's folder is
   * not for tests to make.
   */
  static void write(Path folder, String testClass, String text) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Path file = folder.resolve("certificates").resolve(testClass + ".txt");
    try {
      Files.createDirectories(folder.resolve("certificates"));
      Files.writeString(file, text + "\n", UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the certificate " + file, e);
    }
  }

  private String mark(Rule rule) {
    if (broken.contains(rule)) {
      return "broken:  ";
    }
    return kept.containsKey(rule) ? "kept:    " : "not run: ";
  }
}
