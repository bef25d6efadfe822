package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.store.Run;
import java.util.List;

/** What came of runs, at the end of a command that waited for them. */
record RunReport(Surroundings world, StoreOption store, boolean json) {

  /**
   * Prints it.
   *
   * @return the exit status
   */
  int of(OpsAutomator engine, List<Run> runs) {
    if (json) {
      world
          .out()
          .println(
              Json.pretty(
                  runs.stream().map(r -> HistoryText.json(r, engine.executions(r.id()))).toList()));
    } else {
      HistoryText text = new HistoryText(world.out(), world.style());
      text.runs(runs.stream().map(r -> CountedRun.of(r, engine.executions(r.id()))).toList());
      runs.forEach(run -> text.failures(engine.executions(run.id())));
      world.out().println();
      world.out().println("Kept in " + store.folder() + "; audit: " + store.audit());
    }
    boolean good = runs.stream().allMatch(run -> run.state() == Run.State.COMPLETE);
    return good ? Failure.OK : Failure.FAILED;
  }
}
