package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.GateKey;
import io.opsautomator.task.RunId;
import java.util.Optional;

/** Gates that belong to one run: told in the run's partition, so that they go with it. */
final class OwnGates {
  private static final String KIND = "G#";
  private static final String RUN = "run/";

  private OwnGates() {}

  /** Before the gate is made. */
  static void announce(Table table, GateKey key) {
    owner(key).ifPresent(run -> table.put(Item.at(Key.ownGate(run, key)).attributes()));
  }

  private static Optional<RunId> owner(GateKey key) {
    int slash = key.value().indexOf('/', RUN.length());
    return key.value().startsWith(RUN) && slash > 0
        ? Optional.of(new RunId(key.value().substring(RUN.length(), slash)))
        : Optional.empty();
  }

  /** The gate that an item of a run's partition tells of. */
  static Optional<GateKey> told(Row row) {
    String sk = row.key().sk();
    return sk.startsWith(KIND)
        ? Optional.of(new GateKey(sk.substring(KIND.length())))
        : Optional.empty();
  }
}
