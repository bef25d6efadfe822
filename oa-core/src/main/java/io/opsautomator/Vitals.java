package io.opsautomator;

import java.time.Instant;
import java.util.Optional;

/**
 * Signs of life of one engine in one process, as of the moment they were asked for: what health
 * probes judge by. Immutable. Asking costs next to nothing and calls nothing.
 *
 * @param state how far it has come
 * @param ticked when it last looked what is due, whatever came of it; that happens at least once a
 *     minute from its start on
 * @param answered when the store last answered such a look
 * @param inHand how many messages are being worked on in this process
 * @param handled how many have been, since the engine was made
 * @param silentSince of the executions being worked on here, since when the most silent one has not
 *     come to an effect, a wait or its end
 */
public record Vitals(
    State state,
    Optional<Instant> ticked,
    Optional<Instant> answered,
    int inHand,
    long handled,
    Optional<Instant> silentSince) {

  /** How far an engine has come in its life. */
  public enum State {
    /** It has been made, and takes no messages yet. */
    NEW,
    /** It takes messages. */
    WORKING,
    /** It takes no more, or has come to its end. */
    CLOSING
  }
}
