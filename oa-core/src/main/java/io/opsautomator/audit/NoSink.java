package io.opsautomator.audit;

/** Wants nothing. */
enum NoSink implements AuditSink {
  NONE;

  @Override
  public void accept(AuditEvent event) {
    // Nobody listens.
  }

  @Override
  public boolean wants(Class<? extends AuditEvent> type) {
    return false;
  }
}
