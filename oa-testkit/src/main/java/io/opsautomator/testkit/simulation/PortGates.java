package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import java.util.List;
import java.util.Optional;

/** Gates as one process sees them. */
final class PortGates implements Gates {
  private final Gates shared;
  private final Node node;
  private final Seams seams;

  PortGates(Gates shared, Node node, Seams seams) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
  }

  @Override
  public Gate enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    return seams.write(
        node, "gates.enqueue", () -> shared.enqueue(key, limit, terms, order, tickets));
  }

  @Override
  public HandOver handOver(Grant grant, boolean failed) {
    return seams.write(node, "gates.handOver", () -> shared.handOver(grant, failed));
  }

  @Override
  public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
    return seams.write(node, "gates.retune", () -> shared.retune(key, expected, next));
  }

  @Override
  public Filled fill(GateKey key) {
    return seams.write(node, "gates.fill", () -> shared.fill(key));
  }

  @Override
  public Optional<Gate> find(GateKey key) {
    return seams.read(node, "gates.find", () -> shared.find(key));
  }
}
