package io.opsautomator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the audit tells of one execution, in order. Not thread-safe. */
final class Trace {
  private static final int MOST = 60;

  final String task;
  final String run;
  final String execution;
  final Instant began;
  final List<Step> steps = new ArrayList<>();
  Instant ended;

  /** Whether it is at work; between two attempts it is not. */
  boolean atWork;

  int leftOut;

  /**
   * @param kind such as {@code done}, {@code refused}, {@code running}, {@code warned}
   * @param name of the step; empty for what is none
   */
  record Step(Instant at, String kind, String name, String detail) {
    /** What is before the first slash: what steps of one kind on many resources share. */
    String stem() {
      int slash = name.indexOf('/');
      return slash < 0 ? name : name.substring(0, slash);
    }
  }

  Trace(String task, String run, String execution, Instant began) {
    this.task = task;
    this.run = run;
    this.execution = execution;
    this.began = began;
    this.ended = began;
  }

  void add(Step step) {
    if (steps.size() < MOST || step.kind().equals(Moves.ENDED)) {
      steps.add(step);
    } else {
      leftOut++;
    }
  }

  Duration took() {
    return Duration.between(began, ended);
  }
}
