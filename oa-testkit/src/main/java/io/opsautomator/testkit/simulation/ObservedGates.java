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

/** Tells of every write of a gate. */
final class ObservedGates implements Gates {
  private final Gates items;
  private final Recorder recorder;

  ObservedGates(Gates items, Recorder recorder) {
    this.items = items;
    this.recorder = recorder;
  }

  @Override
  public Gate enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    Optional<Gate> before = items.find(key);
    Gate answer = items.enqueue(key, limit, terms, order, tickets);
    told(new Request.Enqueue(key, limit, terms, order, tickets), before, answer, answer);
    return answer;
  }

  @Override
  public HandOver handOver(Grant grant, boolean failed) {
    Optional<Gate> before = items.find(grant.gate());
    HandOver answer = items.handOver(grant, failed);
    told(new Request.HandOver(grant, failed), before, answer.now(), answer);
    return answer;
  }

  @Override
  public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
    Optional<Gate> before = items.find(key);
    Write<Gate> answer = items.retune(key, expected, next);
    Request request = new Request.Retune(key, expected, next);
    if (answer instanceof Write.Applied<Gate> applied) {
      told(request, before, applied.now(), answer);
    } else {
      recorder.written(request, List.of(), answer);
    }
    return answer;
  }

  @Override
  public Filled fill(GateKey key) {
    Optional<Gate> before = items.find(key);
    Filled answer = items.fill(key);
    told(new Request.Fill(key), before, answer.now(), answer);
    return answer;
  }

  private void told(Request request, Optional<Gate> before, Gate now, Object answer) {
    boolean same = before.filter(now::equals).isPresent();
    recorder.written(request, same ? List.of() : List.of(new Change.OfGate(before, now)), answer);
  }

  @Override
  public Optional<Gate> find(GateKey key) {
    return items.find(key);
  }
}
