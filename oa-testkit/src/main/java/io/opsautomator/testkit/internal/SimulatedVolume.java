package io.opsautomator.testkit.internal;

import java.time.Instant;

/**
 * An EBS volume.
 *
 * @param type such as {@code gp3}
 * @param gone from when on it does not exist; far in the future as long as nobody knows
 */
public record SimulatedVolume(
    String id,
    Origin origin,
    int gibibytes,
    String type,
    Source source,
    Attachment attachment,
    Instant gone)
    implements Simulated {

  /** The snapshot it was made of and the client token of the call; each may be empty. */
  public record Source(String snapshot, String token) {
    public static final Source NONE = new Source("", "");
  }

  /** {@code instance} and {@code device} are empty for a volume that is not attached. */
  public record Attachment(String instance, String device, boolean deleteOnTermination) {
    public static final Attachment NONE = new Attachment("", "", false);
  }

  boolean attached() {
    return !attachment.instance().isEmpty();
  }

  String state() {
    return attached() ? "in-use" : "available";
  }

  @Override
  public boolean existsAt(Instant now) {
    return now.isBefore(gone);
  }

  public SimulatedVolume attach(Attachment to) {
    return new SimulatedVolume(id, origin, gibibytes, type, source, to, gone);
  }

  SimulatedVolume goneAt(Instant when) {
    return new SimulatedVolume(id, origin, gibibytes, type, source, attachment, when);
  }
}
