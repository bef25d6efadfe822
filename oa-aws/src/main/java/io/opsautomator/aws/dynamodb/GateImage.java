package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Gate;
import io.opsautomator.store.GateRules;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gate with the head of its queue. Immutable.
 *
 * @param window who waits and is known by the gate itself, the oldest first
 * @param more whether others wait behind them, on pages of their own
 * @param writers by slot, the write that granted it
 */
record GateImage(Gate gate, List<Waiting> window, boolean more, Map<Integer, String> writers) {
  GateImage {
    window = List.copyOf(window);
    writers = Map.copyOf(writers);
  }

  /** The same with another queue; the gate says whether anybody waits. */
  GateImage queuing(List<Waiting> window, boolean more) {
    return new GateImage(GateRules.waiting(gate, !window.isEmpty() || more), window, more, writers);
  }

  /** With what was granted by this write, and without those that no longer hold anything. */
  GateImage granting(Gate now, List<Grant> granted, String writer) {
    Map<Integer, String> left = new TreeMap<>(writers);
    left.keySet().retainAll(now.held().stream().map(Grant::slot).toList());
    granted.forEach(grant -> left.put(grant.slot(), writer));
    return new GateImage(now, window, more, left);
  }

  /** The grants that this write has made. */
  List<Grant> grantedBy(String writer) {
    return gate.held().stream().filter(it -> writer.equals(writers.get(it.slot()))).toList();
  }

  List<Ticket> head(int most) {
    return window.stream().limit(most).map(Waiting::ticket).toList();
  }

  List<Waiting> behind(int taken) {
    return window.subList(Math.min(taken, window.size()), window.size());
  }

  /** Both in order; who has a place already keeps it. */
  static List<Waiting> merged(List<Waiting> some, List<Waiting> others) {
    TreeMap<Waiting, Waiting> all = new TreeMap<>(Waiting.AGE);
    some.forEach(each -> all.putIfAbsent(each, each));
    others.forEach(each -> all.putIfAbsent(each, each));
    return new ArrayList<>(all.values());
  }
}
