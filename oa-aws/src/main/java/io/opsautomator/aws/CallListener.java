package io.opsautomator.aws;

/**
 * Hears of every call that a guarded client made or was refused, on the caller's thread, after the
 * call. Should be quick; what it throws is logged and changes nothing. Thread-safe.
 */
@FunctionalInterface
public interface CallListener {
  void called(AwsCall call);
}
