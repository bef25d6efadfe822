package io.opsautomator.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command meets when it is started: streams, environment and time. Everything a command
 * knows of the world outside its arguments comes from here, so that tests run commands in this
 * process.
 *
 * @param terminals which of the streams people sit at
 * @param environment the variables
 */
record Surroundings(
    BufferedReader in,
    PrintWriter out,
    PrintWriter err,
    Terminals terminals,
    Map<String, String> environment,
    InstantSource clock) {

  record Terminals(boolean in, boolean out, boolean err) {
    static final Terminals NONE = new Terminals(false, false, false);
  }

  /** The launcher says in {@code oa.terminal} which streams are terminals. */
  static Surroundings ofProcess() {
    String ends = System.getProperty("oa.terminal", "");
    return new Surroundings(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new Terminals(ends.contains("in"), ends.contains("out"), ends.contains("err")),
        System.getenv(),
        InstantSource.system());
  }

  /** UTF-8 always, whatever the locale; what is printed is seen when a line is complete. */
  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  /** Empty counts as not set. */
  boolean has(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  /** Someone reads what is printed and can answer. */
  boolean conversation() {
    return terminals.in() && terminals.err();
  }

  Style style() {
    return Style.of(terminals.out() && coloured());
  }

  Style errorStyle() {
    return Style.of(terminals.err() && coloured());
  }

  private boolean coloured() {
    return !has("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
  }
}
