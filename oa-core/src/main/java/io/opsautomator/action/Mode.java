package io.opsautomator.action;

/**
 * What an execution runs for. Known to the engine, the audit and the journal; deliberately not to
 * the action.
 */
public enum Mode {
  PLAN,
  APPLY,
  UNDO
}
