package io.opsautomator.plan;

import io.opsautomator.plan.FiringVerdict.Outcome;
import io.opsautomator.schedule.DstMark;
import io.opsautomator.schedule.Forecast;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Timing;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks timetable and records, in the order in which something can keep a task from a firing. */
record FiringQuestion(Task task, Instant at, Instant now, Store store) {
  /** Among how many of the task's runs one is looked for that stands for what was missed. */
  private static final int RUNS = 1_000;

  FiringVerdict answer() {
    Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
    Optional<Forecast> firing =
        task.timetable().forecast(minute.minusNanos(1), minute.plusSeconds(59)).findFirst();
    return firing.isPresent() ? due(firing.get()) : notDue();
  }

  private static FiringVerdict verdict(Instant at, Outcome outcome, String... reasons) {
    return new FiringVerdict(at, outcome, List.of(reasons), Optional.empty());
  }

  // -- Not due ------------------------------------------------------------------------------------

  private FiringVerdict notDue() {
    List<String> reasons = new ArrayList<>(dates());
    if (task.when().schedules().isEmpty()) {
      boolean events = !task.when().events().types().isEmpty();
      reasons.add("it has no schedule: it runs when asked" + (events ? ", and on events" : ""));
    }
    if (reasons.isEmpty()) {
      task.when().schedules().forEach(schedule -> reasons.addAll(mismatches(schedule)));
    }
    task.timetable()
        .previousBefore(at)
        .ifPresent(before -> reasons.add("the firing before is at " + before));
    task.timetable().nextAfter(at).ifPresent(after -> reasons.add("the next one is at " + after));
    return new FiringVerdict(at, Outcome.NOT_DUE, reasons, Optional.empty());
  }

  private List<String> dates() {
    Timing timing = task.when().timing();
    List<String> reasons = new ArrayList<>();
    timing
        .from()
        .filter(at::isBefore)
        .ifPresent(from -> reasons.add("the task does not fire before " + from));
    timing
        .until()
        .filter(until -> !at.isBefore(until))
        .ifPresent(until -> reasons.add("the task does not fire any more from " + until + " on"));
    return reasons;
  }

  private List<String> mismatches(Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      LocalDateTime clock = LocalDateTime.ofInstant(at, cron.zone());
      List<String> fields = cron.expression().mismatches(clock);
      String of = "'" + cron.expression() + "' (" + cron.zone() + "): ";
      return fields.isEmpty()
          ? List.of(of + "the clocks show " + clock + " twice, and its rule takes the other one")
          : fields.stream().map(field -> of + field).toList();
    }
    if (schedule instanceof Schedule.FixedRate rate) {
      return List.of("it fires every " + rate.period() + " from " + rate.anchor() + " on");
    }
    return schedule instanceof Schedule.Once once
        ? List.of("it fires once, at " + once.at())
        : List.of();
  }

  // -- Due ----------------------------------------------------------------------------------------

  private FiringVerdict due(Forecast firing) {
    Optional<StoredTask> stored =
        store.tasks().find(task.name()).filter(t -> t.state() != StoredTask.State.DELETED);
    return stored
        .flatMap(known -> recorded(firing.at(), known))
        .or(() -> keptFrom(firing))
        .or(() -> held(firing.at(), stored))
        .orElseGet(() -> open(firing, stored));
  }

  private Optional<FiringVerdict> recorded(Instant due, StoredTask stored) {
    RunId id = RunId.of(task.name(), stored.incarnation(), new Trigger.Firing(due));
    Optional<Run> run = store.runs().find(id);
    return run.map(found -> of(due, found)).or(() -> missed(due));
  }

  private static FiringVerdict of(Instant due, Run run) {
    List<String> reasons = new ArrayList<>();
    reasons.add(
        "run " + run.id().value() + ": " + run.state().name().toLowerCase(java.util.Locale.ROOT));
    if (!run.summary().reason().isEmpty()) {
      reasons.add(run.summary().reason());
    }
    boolean passed = run.state() == Run.State.PASSED;
    if (run.state() == Run.State.QUEUED) {
      reasons.add("it waits for the open run of the task to end");
    }
    return new FiringVerdict(
        due, passed ? Outcome.HELD_BACK : Outcome.RAN, reasons, Optional.of(run.id()));
  }

  private Optional<FiringVerdict> missed(Instant due) {
    return store.runs().history(Optional.of(task.name()), RUNS).stream()
        .filter(run -> stands(run.cause().missed(), due))
        .findFirst()
        .map(
            run ->
                new FiringVerdict(
                    due,
                    Outcome.HELD_BACK,
                    List.of(
                        "it was missed, as nobody looked in time; run "
                            + run.id().value()
                            + " of "
                            + run.cause().at()
                            + " stands for "
                            + run.cause().missed().count()
                            + " missed firings, as misfire wants it"),
                    Optional.of(run.id())));
  }

  private static boolean stands(Run.Missed missed, Instant due) {
    return missed.from().filter(from -> !due.isBefore(from)).isPresent()
        && missed.to().filter(to -> !due.isAfter(to)).isPresent();
  }

  private static Optional<FiringVerdict> keptFrom(Forecast firing) {
    if (firing.mark().kind() == DstMark.Kind.SKIPPED) {
      return Optional.of(
          verdict(firing.at(), Outcome.KEPT_FROM, firing.mark().inWords() + " on that day"));
    }
    return firing
        .suppressed()
        .map(why -> verdict(firing.at(), Outcome.KEPT_FROM, "it is " + why.inWords()));
  }

  private Optional<FiringVerdict> held(Instant due, Optional<StoredTask> stored) {
    if (!task.options().enabled()) {
      return Optional.of(verdict(due, Outcome.KEPT_FROM, "the task is disabled"));
    }
    return stored
        .filter(known -> known.state() == StoredTask.State.PAUSED)
        .map(known -> verdict(due, Outcome.KEPT_FROM, "the task is paused; oa resume ends that"));
  }

  private FiringVerdict open(Forecast firing, Optional<StoredTask> stored) {
    if (firing.at().isAfter(now)) {
      return new FiringVerdict(firing.at(), Outcome.WILL_RUN, remarks(firing), Optional.empty());
    }
    if (stored.isEmpty()) {
      return verdict(firing.at(), Outcome.NO_RECORD, "the store does not know the task");
    }
    Optional<Instant> accounted = stored.get().clock().lastDue();
    boolean asleep = accounted.filter(last -> !last.isBefore(firing.at())).isEmpty();
    String upTo = accounted.map(last -> "up to " + last + " only").orElse("not at all yet");
    return verdict(
        firing.at(),
        Outcome.NO_RECORD,
        asleep
            ? "its firings are accounted for " + upTo + ": no scheduler has looked since"
            : "the task was stored or changed later, or the record is so old that it was forgotten");
  }

  private List<String> remarks(Forecast firing) {
    List<String> remarks = new ArrayList<>();
    if (firing.mark().kind() != DstMark.Kind.NONE) {
      remarks.add(firing.mark().inWords());
    }
    Instant wake = task.timetable().wake(firing.at());
    if (wake.isAfter(firing.at())) {
      remarks.add("its jitter lets it begin at " + wake);
    }
    return remarks;
  }
}
