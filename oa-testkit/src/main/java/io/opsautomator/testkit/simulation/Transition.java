package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Run;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Write;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a rule made of an item.
 *
 * @param rule such as {@code execution.claim}
 * @param before the state it found
 * @param result the state it left, or how it refused
 */
record Transition(String rule, String before, String result) {
  @Override
  public String toString() {
    return rule + ": " + before + " -> " + result;
  }

  /** Those of one write. */
  static List<Transition> of(StoreWrite write) {
    Request request = write.request();
    if (request instanceof Request.Claim) {
      return execution("execution.claim", write);
    }
    if (request instanceof Request.Advance advance) {
      return execution("execution." + lower(advance.move()), write);
    }
    if (request instanceof Request.Cancel cancel) {
      return execution(cancel.force() ? "execution.force" : "execution.cancel", write);
    }
    if (request instanceof Request.Drop) {
      return execution("execution.drop", write);
    }
    if (request instanceof Request.Redrive) {
      return execution("execution.redrive", write);
    }
    return ofRest(write);
  }

  private static List<Transition> ofRest(StoreWrite write) {
    Request request = write.request();
    if (request instanceof Request.HandOver
        || request instanceof Request.Fill
        || request instanceof Request.Retune
        || request instanceof Request.Enqueue) {
      return List.of(gate("gate." + lower(request), write));
    }
    if (request instanceof Request.MoveRun move) {
      return run("run.move to " + move.to(), write);
    }
    if (request instanceof Request.RedriveRun || request instanceof Request.Watched) {
      return run("run." + lower(request), write);
    }
    if (request instanceof Request.Put || request instanceof Request.Fire) {
      return task("task." + lower(request), write);
    }
    if (request instanceof Request.ClaimSlice || request instanceof Request.EndSlice) {
      return slice("slice." + lower(request), write);
    }
    return List.of();
  }

  private static String lower(Object request) {
    String name = request.getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  // -- Executions ---------------------------------------------------------------------------------

  private static List<Transition> execution(String rule, StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfExecution x) {
        return List.of(new Transition(rule, state(x.before()), state(Optional.of(x.after()))));
      }
    }
    Optional<Execution> stored = refusedAt(write.answer(), Execution.class);
    return List.of(new Transition(rule, state(stored), verdict(write.answer())));
  }

  private static String state(Optional<Execution> execution) {
    return execution.map(x -> x.status().name()).orElse("absent");
  }

  private static <T> Optional<T> refusedAt(Object answer, Class<T> type) {
    if (answer instanceof Write.Refused<?> refused) {
      return Optional.of(refused.actual()).filter(type::isInstance).map(type::cast);
    }
    if (answer instanceof Write.Fenced<?> fenced) {
      return Optional.of(fenced.actual()).filter(type::isInstance).map(type::cast);
    }
    return Optional.empty();
  }

  private static String verdict(Object answer) {
    return answer instanceof Write<?> write
        ? write.getClass().getSimpleName().toLowerCase(Locale.ROOT)
        : "the same";
  }

  // -- Gates --------------------------------------------------------------------------------------

  private static Transition gate(String rule, StoreWrite write) {
    Optional<Gate> before = Optional.empty();
    Optional<Gate> after = Optional.empty();
    for (Change change : write.changes()) {
      if (change instanceof Change.OfGate gate) {
        before = gate.before();
        after = Optional.of(gate.after());
      }
    }
    if (write.answer() instanceof Gates.HandOver done) {
      return new Transition(rule, gate(before), lower(done));
    }
    return new Transition(rule, gate(before), after.isPresent() ? gate(after) : "the same");
  }

  private static String gate(Optional<Gate> gate) {
    return gate.map(
            g ->
                (g.held().isEmpty() ? "free" : g.held().size() < g.limit() ? "room" : "full")
                    + (g.held().size() > g.limit() ? " beyond" : "")
                    + (g.waiting() ? ", queue" : "")
                    + (g.open() ? "" : ", shut"))
        .orElse("absent");
  }

  // -- The rest -----------------------------------------------------------------------------------

  private static List<Transition> run(String rule, StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfRun run) {
        String before = run.before().map(r -> r.state().name()).orElse("absent");
        return List.of(new Transition(rule, before, run.after().state().name()));
      }
    }
    String stored = refusedAt(write.answer(), Run.class).map(r -> r.state().name()).orElse("-");
    return List.of(new Transition(rule, stored, verdict(write.answer())));
  }

  private static List<Transition> task(String rule, StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfTask task) {
        String before = task.before().map(t -> t.state().name()).orElse("absent");
        return List.of(new Transition(rule, before, task.after().state().name()));
      }
    }
    String stored =
        refusedAt(write.answer(), StoredTask.class).map(t -> t.state().name()).orElse("-");
    return List.of(new Transition(rule, stored, verdict(write.answer())));
  }

  private static List<Transition> slice(String rule, StoreWrite write) {
    for (Change change : write.changes()) {
      if (change instanceof Change.OfSlice slice) {
        return List.of(new Transition(rule, slice(slice.before()), slice(slice.after())));
      }
    }
    String stored = refusedAt(write.answer(), Slice.class).map(Transition::slice).orElse("-");
    return List.of(new Transition(rule, stored, verdict(write.answer())));
  }

  private static String slice(Optional<Slice> slice) {
    return slice.map(Transition::slice).orElse("absent");
  }

  private static String slice(Slice slice) {
    if (slice.end().isPresent()) {
      return slice.sealed() ? "SEALED" : "FAILED";
    }
    return slice.lease().isPresent() ? "LISTING leased" : "LISTING";
  }
}
