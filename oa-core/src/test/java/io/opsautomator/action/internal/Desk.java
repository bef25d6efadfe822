package io.opsautomator.action.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution;
import io.opsautomator.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps what is flushed, and forgets what is not, as a crash does. */
final class Desk implements Backing {
  final List<JournalEntry> durable = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  boolean inDoubt;
  Instant now = Instant.parse("2026-01-05T10:00:00Z");
  Optional<Execution.Wait> wait = Optional.empty();

  ReplayingEffects attempt() {
    return new ReplayingEffects(this, durable, List.of());
  }

  @Override
  public String token(String step) {
    return "token-of-" + step;
  }

  @Override
  public boolean inDoubt() {
    return inDoubt;
  }

  @Override
  public void flush(List<JournalEntry> entries) {
    durable.addAll(entries);
  }

  @Override
  public void boundary() {}

  @Override
  public <T> T mutating(Supplier<T> call) {
    return call.get();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Optional<Execution.Wait> checking() {
    return wait;
  }

  @Override
  public void tell(String step, AuditEvent.Stage stage, String detail) {
    told.add(stage + " " + step);
  }
}
