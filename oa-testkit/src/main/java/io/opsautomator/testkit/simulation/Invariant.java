package io.opsautomator.testkit.simulation;

import java.util.function.Supplier;

/**
 * What must hold in every world, by the numbers of {@code docs/reliability.md}: I and L are the
 * protocol's, R is what follows from it for whoever uses the engine.
 */
enum Invariant {
  I1("no more are at work in a gate than it names slots, and no grant is made at the limit"),
  I2("whoever runs under a gate is named by a slot of it, with the number of the grant"),
  I3("a claim takes what is free to start or past its lease; one worker works under an epoch"),
  I4("a claimed execution changes under its current epoch only"),
  I5("an ended status is reached once for each drive, and not left"),
  I6("a step that may be done at most once is called at most once"),
  I7("a firing has exactly one record, and the run of a trigger comes into being once"),
  I8("no run is made of a revision or state of its task that is not in force in that write"),
  I9("of a task that skips or queues overlaps at most one run is open"),
  I10(
      "executions are of units of stored pages, pages never change, only whole listings are"
          + " sealed"),
  I11("nothing is granted after the recorded n-th failure, or beyond the allowance of the wave"),
  I12("a run is closed only when its executions have ended and no slot names one of them"),
  I13("when nothing is left to do, every execution has ended and every slot is free"),
  L1("every execution of a run that started ends"),
  L2("every slot of an execution that ended is handed on or free"),
  L3("every due instant gets its record in time, every run that is to be selected is"),
  L4("slots are granted in the order of the queue"),
  L5("every run is closed"),
  R1(
      "no instant is lost or doubled: each is a run, counted in one, passed over, or void by an"
          + " edit"),
  R2("what an effect brings about is there once, however often it was attempted"),
  R3("a worker that was overtaken changes nothing"),
  R4("what an action has seen is stored before the next call that changes something"),
  R5("an execution fails only for a reason that the world gave"),
  R6("a recorded failure is counted once"),
  R7("no run goes further than its limits, the deny list and the budget let it"),
  R8("each change of status is told once, by who made it; nothing is told that did not happen"),
  R9("what is told of a run is in the order of causes"),
  R10("a message is acknowledged last, and never by a handling that failed"),
  R11("gates left with room are filled, grants announced, before the message is acknowledged"),
  R12("each selected unit becomes one execution, and an incomplete listing never counts as whole"),
  R13("a dry run changes nothing"),
  R14("nothing that succeeded is done again, and nothing of a run begins after it was closed"),
  R15("each end of a run that tasks follow is followed by exactly one run of each"),
  R16("of a run that is limited per region, no more are at work in one than that");

  private final String text;

  Invariant(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * @param item what broke it, with what was expected; asked for only then
   */
  void require(boolean holds, Supplier<String> item) {
    if (!holds) {
      throw new Violation(name(), item.get() + "; but " + text);
    }
  }
}
