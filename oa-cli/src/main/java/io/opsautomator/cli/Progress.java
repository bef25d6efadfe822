package io.opsautomator.cli;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Turn;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Omission;
import io.opsautomator.store.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Tells on the standard error how work goes on: a line for what matters and, on a terminal, a last
 * line that counts. Thread-safe.
 */
final class Progress implements AuditSink {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final Duration BLINK = Duration.ofMillis(100);
  private static final String CLEAR = "\r\u001b[K";

  private final Surroundings world;
  private final Style style;
  private final boolean counting;
  private final NotWell notWell = new NotWell();
  private int running;
  private int done;
  private int failed;
  private Instant shown = Instant.MIN;
  private boolean counted;

  Progress(Surroundings world) {
    this.world = world;
    this.style = world.errorStyle();
    this.counting = world.terminals().err() && style == Style.COLOURED;
  }

  private final List<AuditSink> listeners =
      List.of(
          AuditSink.on(AuditEvent.Moved.class, this::count),
          AuditSink.on(AuditEvent.Triggered.class, e -> say(e, "run " + run(e) + " begins")),
          AuditSink.on(AuditEvent.HeldBack.class, this::heldBack),
          AuditSink.on(AuditEvent.Selected.class, this::selected),
          AuditSink.on(AuditEvent.Unreadable.class, this::unreadable),
          AuditSink.on(AuditEvent.Warned.class, this::warned),
          AuditSink.on(AuditEvent.Steered.class, this::steered),
          AuditSink.on(AuditEvent.RunEnded.class, this::ended));

  @Override
  public synchronized void accept(AuditEvent event) {
    listeners.forEach(listener -> listener.accept(event));
    show(event.at());
  }

  private void heldBack(AuditEvent.HeldBack e) {
    say(e, style.odd("held back: ") + Told.line(e.why()));
  }

  private void selected(AuditEvent.Selected e) {
    String why = e.why().isEmpty() ? "" : style.dim(": " + Told.line(Omission.inWords(e.why())));
    say(e, e.scope().key() + ": " + e.kept() + " selected, " + e.leftOut() + " left out" + why);
  }

  private void unreadable(AuditEvent.Unreadable e) {
    say(e, style.bad(e.scope().key() + " cannot be listed: ") + Told.line(e.why()));
  }

  private void warned(AuditEvent.Warned e) {
    say(e, style.odd("warning: ") + Told.line(e.code() + ": " + e.message()));
  }

  private void steered(AuditEvent.Steered e) {
    say(e, e.turn() == Turn.HALTED ? style.bad("stopped: ") + e.detail() : style.odd(e.detail()));
  }

  private void count(AuditEvent.Moved moved) {
    if (moved.to() == Status.RUNNING && moved.from() != Status.COMPLETING) {
      running++;
    }
    if (moved.to().ended()) {
      running = Math.max(0, running - 1);
      done++;
      if (moved.to() != Status.SUCCEEDED) {
        notWell.add(moved);
        if (moved.to() != Status.CANCELLED && moved.to() != Status.NOT_STARTED) {
          failed++;
        }
        say(moved, style.of(moved.to()) + ": " + Told.line(moved.reason()));
      }
    }
  }

  private void ended(AuditEvent.RunEnded e) {
    Run.Summary summary = e.summary();
    String reason = summary.reason().isEmpty() ? "" : "; " + Told.line(summary.reason());
    say(
        e,
        style.of(e.state())
            + ": "
            + summary.succeeded()
            + " succeeded, "
            + notWell.words(e)
            + reason);
  }

  /** Beside the events: something for the person at the terminal. */
  synchronized void note(String text) {
    clear();
    world.err().println(text);
  }

  private void say(AuditEvent event, String text) {
    clear();
    world
        .err()
        .println(
            style.dim(TIME.format(event.at())) + " " + event.of().task().value() + ": " + text);
  }

  private void show(Instant now) {
    if (counting && Duration.between(shown, now).compareTo(BLINK) > 0) {
      clear();
      world.err().print("  " + running + " running, " + done + " done, " + failed + " failed");
      world.err().flush();
      counted = true;
      shown = now;
    }
  }

  /** Takes the counting line away. */
  synchronized void clear() {
    if (counted) {
      world.err().print(CLEAR);
      counted = false;
    }
  }

  private static String run(AuditEvent event) {
    return event.of().run().map(id -> id.value()).orElse("");
  }
}
