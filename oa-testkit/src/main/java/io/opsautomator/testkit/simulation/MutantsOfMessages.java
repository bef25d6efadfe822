package io.opsautomator.testkit.simulation;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditSink;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Defects in how messages are handled, in wake-ups and in what is told. */
final class MutantsOfMessages {
  private MutantsOfMessages() {}

  /** Does what another queue does. */
  private static class ForwardingQueue implements WorkQueue {
    private final WorkQueue port;

    ForwardingQueue(WorkQueue port) {
      this.port = port;
    }

    @Override
    public void send(List<Message> messages, Duration delay) {
      port.send(messages, delay);
    }

    @Override
    public void deliverTo(Consumer<Delivery> handler) {
      port.deliverTo(handler);
    }

    @Override
    public void close() {
      port.close();
    }
  }

  private static class ForwardingDelivery implements WorkQueue.Delivery {
    private final WorkQueue.Delivery port;

    ForwardingDelivery(WorkQueue.Delivery port) {
      this.port = port;
    }

    @Override
    public Message message() {
      return port.message();
    }

    @Override
    public int receipts() {
      return port.receipts();
    }

    @Override
    public void acknowledge() {
      port.acknowledge();
    }

    @Override
    public void again(Duration after) {
      port.again(after);
    }
  }

  /** Another way to handle what is delivered. */
  private static Mutant handling(BiConsumer<WorkQueue.Delivery, Consumer<WorkQueue.Delivery>> how) {
    return new Mutant() {
      @Override
      public WorkQueue queue(String process, WorkQueue port) {
        return new ForwardingQueue(port) {
          @Override
          public void deliverTo(Consumer<Delivery> handler) {
            super.deliverTo(delivery -> how.accept(delivery, handler));
          }
        };
      }
    };
  }

  static Mutant catchAll() {
    return handling(
        (delivery, handler) -> {
          try {
            handler.accept(delivery);
          } catch (RuntimeException e) {
            delivery.acknowledge();
          }
        });
  }

  static Mutant noWatch() {
    return handling(
        (delivery, handler) -> {
          if (delivery.message() instanceof Message.Watch) {
            delivery.acknowledge();
          } else {
            handler.accept(delivery);
          }
        });
  }

  static Mutant noAnnouncement() {
    return handling((delivery, handler) -> handler.accept(new FirstReceipt(delivery)));
  }

  private static final class FirstReceipt extends ForwardingDelivery {
    FirstReceipt(WorkQueue.Delivery port) {
      super(port);
    }

    @Override
    public int receipts() {
      return 1;
    }
  }

  static Mutant acknowledgeFirst() {
    return new Mutant() {
      @Override
      public WorkQueue queue(String process, WorkQueue port) {
        return new ForwardingQueue(port) {
          @Override
          public void deliverTo(Consumer<Delivery> handler) {
            super.deliverTo(
                delivery -> {
                  delivery.acknowledge();
                  handler.accept(new Acknowledged(delivery, port));
                });
          }
        };
      }
    };
  }

  /** What is to come again has to be sent anew. */
  private static final class Acknowledged extends ForwardingDelivery {
    private final WorkQueue queue;

    Acknowledged(WorkQueue.Delivery port, WorkQueue queue) {
      super(port);
      this.queue = queue;
    }

    @Override
    public void acknowledge() {
      // It has been, before it was handled.
    }

    @Override
    public void again(Duration after) {
      queue.send(List.of(message()), after);
    }
  }

  // -- Time ---------------------------------------------------------------------------------------

  static Mutant staleOffset() {
    Duration off = Duration.ofMinutes(56);
    return new Mutant() {
      @Override
      public Timer timer(String process, Timer port) {
        return (when, task) -> port.at(when.plus(off), task);
      }
    };
  }

  // -- What is told -------------------------------------------------------------------------------

  static Mutant toldPerPoll() {
    return new ToldPerPoll();
  }

  private static final class ToldPerPoll implements Mutant {
    private final Map<String, AuditSink> sinks = new HashMap<>();
    private final Map<ExecutionId, AuditEvent> latest = new HashMap<>();

    @Override
    public AuditSink audit(String process, AuditSink port) {
      sinks.put(process, port);
      return event -> {
        if (event instanceof AuditEvent.Moved) {
          event.of().execution().ifPresent(id -> latest.put(id, event));
        }
        port.accept(event);
      };
    }

    @Override
    public WorkQueue queue(String process, WorkQueue port) {
      return new ForwardingQueue(port) {
        @Override
        public void deliverTo(Consumer<Delivery> handler) {
          super.deliverTo(
              delivery -> {
                if (delivery.message() instanceof Message.Check check
                    && latest.containsKey(check.execution())) {
                  sinks
                      .getOrDefault(process, AuditSink.none())
                      .accept(latest.get(check.execution()));
                }
                handler.accept(delivery);
              });
        }
      };
    }
  }
}
