package io.opsautomator.testkit.simulation;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happened, in words for a trace. */
final class Words {
  private final Trace trace;

  Words(Trace trace) {
    this.trace = trace;
  }

  private String name(RunId run) {
    return trace.name("r", run);
  }

  private String name(ExecutionId execution) {
    return trace.name("x", execution);
  }

  // -- Writes -------------------------------------------------------------------------------------

  String of(StoreWrite write) {
    String asked = of(write.request());
    String outcome =
        write.changes().isEmpty()
            ? "= " + answer(write.answer())
            : "-> " + write.changes().stream().map(this::of).collect(Collectors.joining("; "));
    return asked + " " + outcome;
  }

  private String answer(Object answer) {
    if (answer instanceof Write.Applied<?>) {
      return "as it is";
    }
    if (answer instanceof Write<?>) {
      return answer.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }
    if (answer instanceof Collection<?> many) {
      return many.stream().map(this::answer).distinct().collect(Collectors.joining(", "));
    }
    return answer.getClass().getSimpleName();
  }

  private String of(Request request) {
    if (request instanceof Request.Claim claim) {
      return "claim "
          + name(claim.claim().id())
          + " ticket "
          + claim.claim().ticket()
          + claim.claim().by().map(grant -> " by " + of(grant)).orElse("");
    }
    if (request instanceof Request.Advance advance) {
      return name(advance.execution()) + " epoch " + advance.epoch() + " " + of(advance.move());
    }
    if (request instanceof Request.Cancel cancel) {
      return "cancel " + name(cancel.execution()) + (cancel.cancel().undo() ? " with undo" : "");
    }
    if (request instanceof Request.HandOver handOver) {
      return "hand over " + of(handOver.grant());
    }
    if (request instanceof Request.Enqueue enqueue) {
      return "queue "
          + enqueue.tickets().stream()
              .map(ticket -> name(ticket.execution()) + "." + ticket.number())
              .collect(Collectors.joining(" "))
          + " at "
          + enqueue.gate().value();
    }
    return ofRest(request);
  }

  private String ofRest(Request request) {
    if (request instanceof Request.MoveRun move) {
      return name(move.run()) + " from " + move.from() + " to " + move.to();
    }
    if (request instanceof Request.ClaimSlice claim) {
      return "claim slice " + claim.scope().key() + " of " + name(claim.run());
    }
    if (request instanceof Request.EndSlice end) {
      return "end slice " + end.scope().key() + " of " + name(end.run()) + " epoch " + end.epoch();
    }
    if (request instanceof Request.Tallied tallied) {
      return "tally " + name(tallied.run()) + " batch " + tallied.batch().group();
    }
    return request.getClass().getSimpleName();
  }

  private static String of(Move move) {
    String steps =
        move.journal().stream().map(JournalEntry::step).collect(Collectors.joining(", "));
    return move.getClass().getSimpleName().toLowerCase(Locale.ROOT)
        + (move instanceof Move.End end ? " " + end.status() : "")
        + (steps.isEmpty() ? "" : " [" + steps + "]");
  }

  private String of(Grant grant) {
    return grant.gate().value()
        + " slot "
        + grant.slot()
        + " #"
        + grant.serial()
        + " of "
        + name(grant.holder().execution());
  }

  private String of(Change change) {
    if (change instanceof Change.OfExecution x) {
      return name(x.after().id()) + " " + of(x.after());
    }
    if (change instanceof Change.OfRun run) {
      return name(run.after().id()) + " of " + run.after().task().value() + " " + of(run.after());
    }
    if (change instanceof Change.OfTask task) {
      return task.after().name().value() + " " + of(task.after());
    }
    if (change instanceof Change.OfGate gate) {
      return gate.after().key().value() + " " + of(gate.after());
    }
    if (change instanceof Change.OfSlice slice) {
      return "slice "
          + slice.scope().key()
          + slice.after().end().map(end -> end.sealed() ? " SEALED" : " FAILED").orElse(" LISTING")
          + " epoch "
          + slice.after().epoch();
    }
    if (change instanceof Change.OfPage page) {
      return "page " + page.after().number() + " of " + page.after().items().size();
    }
    Change.OfBatch batch = (Change.OfBatch) change;
    return "batch of "
        + batch.after().executions().size()
        + ", "
        + batch.after().succeeded().size()
        + " good, "
        + batch.after().failed().size()
        + " bad, "
        + batch.after().notStarted().size()
        + " not begun";
  }

  private static String of(Execution x) {
    return x.status()
        + " epoch "
        + x.progress().epoch()
        + x.lease().map(lease -> " " + lease.worker() + " until " + lease.until()).orElse("");
  }

  private static String of(Run run) {
    return run.state() + (run.summary().reason().isEmpty() ? "" : ": " + run.summary().reason());
  }

  private String of(StoredTask task) {
    return task.state()
        + " revision "
        + task.revision()
        + task.clock().next().map(next -> " next " + next).orElse("")
        + task.clock().open().map(run -> " open " + name(run)).orElse("");
  }

  private String of(Gate gate) {
    return gate.held().stream()
            .map(grant -> name(grant.holder().execution()) + "#" + grant.serial())
            .collect(Collectors.joining(" ", "[", "]"))
        + " of "
        + gate.limit()
        + (gate.waiting() ? ", more wait" : "");
  }

  // -- The rest -----------------------------------------------------------------------------------

  String of(CloudCall call) {
    return call.verb()
        + " "
        + call.by().step()
        + " for "
        + name(call.by().execution())
        + " epoch "
        + call.by().epoch()
        + ": "
        + call.answer();
  }

  String of(MessageEvent event) {
    return "m" + event.number() + " " + of(event.message()) + " " + event.stage();
  }

  private String of(Message message) {
    if (message instanceof Message.Select select) {
      return "select "
          + name(select.run())
          + select.slice().map(slice -> " " + slice.key()).orElse("");
    }
    if (message instanceof Message.Start start) {
      return "start " + name(start.execution()) + "." + start.ticket();
    }
    if (message instanceof Message.Check check) {
      return "check " + name(check.execution()) + " epoch " + check.epoch();
    }
    return "watch " + name(((Message.Watch) message).run());
  }

  String of(AuditEvent event) {
    return "audit "
        + event.getClass().getSimpleName()
        + " "
        + event.of().task().value()
        + event.of().run().map(run -> " " + name(run)).orElse("")
        + event.of().execution().map(x -> " " + name(x)).orElse("")
        + (event instanceof AuditEvent.Moved moved ? " " + moved.from() + " to " + moved.to() : "")
        + (event instanceof AuditEvent.Stepped step ? " " + step.step() + " " + step.stage() : "");
  }
}
