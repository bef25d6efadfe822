package io.opsautomator.testkit.simulation;

import io.opsautomator.task.ExecutionId;
import java.time.Instant;

/**
 * One call of a step of an action to the simulated cloud, told when it arrived there.
 *
 * @param begun true time when the caller let it go; a freeze inside the call makes it arrive later
 * @param resource what it was about
 * @param token what the service, or a probe, tells repetitions by; empty where there is none
 */
record CloudCall(
    Moment moment, Instant begun, By by, Verb verb, String resource, String token, Answer answer) {

  /**
   * Who called.
   *
   * @param epoch that the worker believes in, which may be over
   */
  record By(ExecutionId execution, long epoch, String step) {}

  /** What the service was asked, and what that means when it is asked twice. */
  enum Verb {
    /** A read that a decision rests on, or a look whether a wait is over. */
    READ,
    /** A look whether an earlier call has happened. */
    PROBE,
    /** Setting again what is set changes nothing. */
    SET,
    /** Remembers tokens: the second call with one gets the first result. */
    CREATE_ONCE_PER_TOKEN,
    /** Creates one more each time; what it creates carries the token as a mark. */
    CREATE_MARKED,
    /** Must not be called twice. */
    AT_MOST_ONCE;

    boolean changes() {
      return this != READ && this != PROBE;
    }
  }

  enum Answer {
    DONE,
    /** The service knew the token and did nothing more. */
    KNOWN,
    REFUSED,
    /** Turned away; nothing happened, and the caller knows. */
    THROTTLED,
    /** It happened; the caller was told nothing. */
    LOST,
    /** Nothing happened; the caller does not know. */
    FAILED
  }

  /** Whether the service did something new. */
  boolean happened() {
    return (answer == Answer.DONE || answer == Answer.LOST) && verb.changes();
  }
}
