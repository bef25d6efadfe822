package io.opsautomator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionException;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person asks of a run or a task that is there already. */
sealed interface Request {
  /** Throws an ActionException if it is not in a state for it. */
  void to(OpsAutomator engine);

  String json();

  /** What is asked of a run; whoever asks may have to go on with it. */
  sealed interface OfRun extends Request {
    RunId run();

    /** Why a run as it is stored cannot be asked for this; empty if it perhaps can. */
    default Optional<String> refusedBy(Run found) {
      return found.state().ended()
          ? Optional.of(ended(found) + "; there is nothing left to " + verb())
          : Optional.empty();
    }

    /** In words that go on after <i>nothing left to</i>. */
    String verb();

    private static String ended(Run run) {
      return "run " + run.id().value() + " has ended: it is " + Style.word(run.state());
    }

    /** Whether the end of the run is what was asked for. */
    default boolean metBy(Run ended) {
      return ended.state() == Run.State.COMPLETE;
    }
  }

  /** Let its next wave go. */
  record Approve(RunId run) implements OfRun {
    @Override
    public String verb() {
      return "approve";
    }

    @Override
    public void to(OpsAutomator engine) {
      engine.approve(run);
    }

    @Override
    public String json() {
      return Json.line(Json.object("approve", run.value()));
    }
  }

  /**
   * Do again what has failed.
   *
   * @param uncertain of which somebody has found out that they did not happen
   */
  record Redrive(RunId run, Set<ExecutionId> uncertain) implements OfRun {
    /** What has failed in part ended too, and is what this is for. */
    @Override
    public Optional<String> refusedBy(Run found) {
      boolean failed = found.state() == Run.State.PARTIAL || found.state() == Run.State.FAILED;
      return failed ? Optional.empty() : OfRun.super.refusedBy(found);
    }

    @Override
    public String verb() {
      return "redrive";
    }

    @Override
    public void to(OpsAutomator engine) {
      engine.redrive(run, uncertain);
    }

    @Override
    public String json() {
      List<String> ids = uncertain.stream().map(ExecutionId::value).toList();
      return Json.line(Json.object("redrive", run.value(), "uncertain", ids));
    }
  }

  /** Pause a task, or resume it. */
  record Hold(TaskName task, boolean pause) implements Request {
    @Override
    public void to(OpsAutomator engine) {
      boolean done = pause ? engine.pause(task) : engine.resume(task);
      if (!done) {
        String state = pause ? " is paused already" : " is not paused";
        throw new ActionException("ERR_NOTHING_TO_DO", "task " + task.value() + state);
      }
    }

    @Override
    public String json() {
      return Json.line(Json.object(pause ? "pause" : "resume", task.value()));
    }
  }

  /**
   * Stop it, or one execution of it.
   *
   * @param execution empty for the whole run
   * @param undo take back what was done
   */
  record Cancel(RunId run, Optional<ExecutionId> execution, String why, boolean undo)
      implements OfRun {
    @Override
    public String verb() {
      return "cancel";
    }

    @Override
    public void to(OpsAutomator engine) {
      if (execution.isPresent()) {
        engine.cancel(execution.get(), why, undo);
      } else {
        engine.cancel(run, why, undo);
      }
    }

    @Override
    public String json() {
      return Json.line(
          Json.object(
              "cancel",
              run.value(),
              "execution",
              execution.map(ExecutionId::value),
              "why",
              why,
              "undo",
              undo));
    }

    @Override
    public boolean metBy(Run ended) {
      return ended.state() == Run.State.CANCELLED || execution.isPresent();
    }

    private static Cancel read(JsonNode json) {
      return new Cancel(
          new RunId(json.path("cancel").textValue()),
          Optional.ofNullable(json.path("execution").textValue()).map(ExecutionId::new),
          json.path("why").asText(),
          json.path("undo").asBoolean());
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws Failure if it is something else
   */
  static Request read(String text) {
    JsonNode json = Json.read(text);
    if (json.path("approve").isTextual()) {
      return new Approve(new RunId(json.path("approve").textValue()));
    }
    if (json.path("cancel").isTextual()) {
      return Cancel.read(json);
    }
    for (String hold : List.of("pause", "resume")) {
      if (json.path(hold).isTextual()) {
        return new Hold(new TaskName(json.path(hold).textValue()), hold.equals("pause"));
      }
    }
    if (!json.path("redrive").isTextual()) {
      throw Failure.badInput("not a request: " + text);
    }
    List<String> ids = new ArrayList<>();
    json.path("uncertain").forEach(id -> ids.add(id.asText()));
    Set<ExecutionId> uncertain = new LinkedHashSet<>();
    ids.forEach(id -> uncertain.add(new ExecutionId(id)));
    return new Redrive(new RunId(json.path("redrive").textValue()), uncertain);
  }
}
