package io.opsautomator.testkit.simulation;

import io.opsautomator.action.Action;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.store.Store;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A defect put into a world between the engine and its ports, so that it can be seen whether the
 * watchers notice. One instance serves one world and all processes in it. What is handed in has the
 * seams and the faults behind it: a write that a mutant splits in two can be torn by a crash.
 */
interface Mutant {
  /** Nothing is changed. */
  Mutant NONE = new Mutant() {};

  /** Once in a world, beneath all seams: the items themselves. Watchers see its writes. */
  default Store shared(Store items) {
    return items;
  }

  /** Of one process; {@code world} for those who must cheat. */
  default Store store(String process, Store port, World world) {
    return port;
  }

  /** Of one process, where its store is in tables: the calls of that store. */
  default DynamoDbClient client(DynamoDbClient port) {
    return port;
  }

  default WorkQueue queue(String process, WorkQueue port) {
    return port;
  }

  default InstantSource clock(String process, InstantSource port) {
    return port;
  }

  default Timer timer(String process, Timer port) {
    return port;
  }

  default AuditSink audit(String process, AuditSink port) {
    return port;
  }

  default Action<?> action(Action<?> action) {
    return action;
  }

  default ResourceSelector<?> selector(ResourceSelector<?> selector) {
    return selector;
  }
}
