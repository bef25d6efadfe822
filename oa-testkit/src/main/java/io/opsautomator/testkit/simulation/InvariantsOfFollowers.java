package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Run;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.After;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs that follow others. Held on every write: a follow-up is of an end that came about, one of
 * each task for an end, and a debt is taken off only when all are there. A task that is edited,
 * held or removed meanwhile is asked as it is then.
 */
final class InvariantsOfFollowers implements Watcher {
  private final Knowledge known;
  private final Map<End, List<StoredTask>> expected = new HashMap<>();
  private final Set<Object> followed = new HashSet<>();

  /** A run ends once in each drive. */
  private record End(RunId run, int drive) {}

  private record Followed(TaskName task, String incarnation, End end) {}

  InvariantsOfFollowers(Knowledge known) {
    this.known = known;
  }

  @Override
  public void written(StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfRun of) {
        changed(write, of);
      }
    }
  }

  private void changed(StoreWrite write, Change.OfRun of) {
    Run run = of.after();
    boolean ends = run.state().ended() && !of.before().map(Run::state).orElse(run.state()).ended();
    if (of.before().isEmpty() && run.cause().trigger() instanceof Trigger.Chained chained) {
      r15FollowsAnEnd(run, chained);
    } else if (ends && run.summary().owing()) {
      expected.put(new End(run.id(), run.drive().number()), following(run));
    } else if (write.request() instanceof Request.Settled) {
      r15AllAreThere(run);
    }
  }

  private List<StoredTask> following(Run run) {
    List<StoredTask> following = new ArrayList<>();
    for (StoredTask task : known.tasks()) {
      if (task.state() == StoredTask.State.ENABLED && follows(task, run)) {
        following.add(task);
      }
    }
    return following;
  }

  private boolean follows(StoredTask task, Run run) {
    return end(run)
        .filter(end -> known.definition(task.definition()).flow().follows(run.task(), end))
        .isPresent();
  }

  private static Optional<After.End> end(Run run) {
    return switch (run.state()) {
      case COMPLETE -> Optional.of(After.End.SUCCEEDED);
      case PARTIAL -> Optional.of(After.End.PARTIAL);
      case FAILED -> Optional.of(After.End.FAILED);
      case CANCELLED -> Optional.of(After.End.CANCELLED);
      default -> Optional.empty();
    };
  }

  private void r15FollowsAnEnd(Run run, Trigger.Chained chained) {
    Run cause = known.run(chained.run());
    boolean ended = cause.state().ended() && cause.drive().number() == chained.drive();
    String incarnation = known.task(run.task()).map(StoredTask::incarnation).orElse("");
    End end = new End(cause.id(), chained.drive());
    Invariant.R15.require(
        ended && followed.add(new Followed(run.task(), incarnation, end)),
        () -> words(run) + " follows " + words(cause) + " in drive " + chained.drive());
    boolean wanted =
        end(cause)
            .filter(how -> known.taskOf(run.id()).flow().follows(cause.task(), how))
            .isPresent();
    Invariant.R15.require(wanted, () -> words(run) + " does not want to follow " + words(cause));
  }

  private void r15AllAreThere(Run run) {
    End end = new End(run.id(), run.drive().number());
    for (StoredTask task : expected.getOrDefault(end, List.of())) {
      boolean same =
          known.task(task.name()).filter(now -> now.revision() == task.revision()).isPresent();
      Invariant.R15.require(
          !same || followed.contains(new Followed(task.name(), task.incarnation(), end)),
          () -> words(run) + " owes nothing any more, and " + task.name() + " has not followed");
    }
    expected.remove(end);
  }

  @Override
  public void ended(World world) {
    for (Run told : known.runs()) {
      Run run = world.truth().runs().find(told.id()).orElse(told);
      Invariant.R15.require(
          !run.summary().owing(), () -> words(run) + " still owes the runs that follow it");
    }
  }

  private static String words(Run run) {
    return "run " + run.id().value() + " of " + run.task().value() + " (" + run.state() + ")";
  }
}
