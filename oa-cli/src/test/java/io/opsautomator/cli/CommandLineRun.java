package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** One command line, run in this process as in a pipe: its status and what it printed. */
record CommandLineRun(int status, String out, String err) {
  static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  static CommandLineRun oa(String... arguments) {
    return withInput("", arguments);
  }

  static CommandLineRun withInput(String input, String... arguments) {
    return run(input, Surroundings.Terminals.NONE, Map.of(), arguments);
  }

  static CommandLineRun run(
      String input,
      Surroundings.Terminals terminals,
      Map<String, String> environment,
      String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Oa.run(
            new Surroundings(
                new BufferedReader(new StringReader(input)),
                new PrintWriter(out),
                new PrintWriter(err),
                terminals,
                environment,
                InstantSource.fixed(NOW)),
            arguments);
    return new CommandLineRun(status, out.toString(), err.toString());
  }

  /** A failure as people should meet it: this status, something said, and no trace. */
  CommandLineRun failsPlainly(int expected) {
    assertThat(status).as(toString()).isEqualTo(expected);
    assertThat(err).isNotBlank().doesNotContain("\tat ", "Exception");
    return this;
  }

  CommandLineRun succeeds() {
    assertThat(status).as(toString()).isZero();
    return this;
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
