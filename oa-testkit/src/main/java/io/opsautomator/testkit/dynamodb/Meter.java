package io.opsautomator.testkit.dynamodb;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Counts calls and capacity units. */
final class Meter {
  private final Map<String, Long> calls = new TreeMap<>();
  private double reads;
  private double writes;

  /** Of one operation on one table. */
  static final class Bill {
    final String table;
    private final Map<String, Double> indexes = new TreeMap<>();
    private double own;
    private double reads;
    private double writes;

    Bill(String table) {
      this.table = table;
    }

    void read(double units) {
      own += units;
      reads += units;
    }

    void readIndex(String index, double units) {
      indexes.merge(index, units, Double::sum);
      reads += units;
    }

    void write(double units) {
      own += units;
      writes += units;
    }

    void writeIndex(String index, double units) {
      if (units > 0) {
        indexes.merge(index, units, Double::sum);
        writes += units;
      }
    }

    private Capacity capacity(double units) {
      return Capacity.builder().capacityUnits(units).build();
    }

    private ConsumedCapacity consumed(boolean detailed) {
      ConsumedCapacity.Builder all =
          ConsumedCapacity.builder().tableName(table).capacityUnits(reads + writes);
      if (detailed) {
        Map<String, Capacity> each = new TreeMap<>();
        indexes.forEach((name, units) -> each.put(name, capacity(units)));
        all.table(capacity(own)).globalSecondaryIndexes(each.isEmpty() ? null : each);
      }
      return all.build();
    }
  }

  void call(String operation) {
    calls.merge(operation, 1L, Long::sum);
  }

  /** Puts a bill to the account; what is to be told of it to the caller, if anything. */
  Optional<ConsumedCapacity> charge(Bill bill, @Nullable ReturnConsumedCapacity wanted) {
    reads += bill.reads;
    writes += bill.writes;
    boolean total = wanted == ReturnConsumedCapacity.TOTAL;
    boolean detailed = wanted == ReturnConsumedCapacity.INDEXES;
    return total || detailed ? Optional.of(bill.consumed(detailed)) : Optional.empty();
  }

  Usage usage() {
    return new Usage(calls, reads, writes);
  }

  // -- Units --------------------------------------------------------------------------------------

  static double writeUnits(int bytes) {
    return Math.max(1, (bytes + 1023) / 1024);
  }

  static double readUnits(int bytes, boolean consistent) {
    return Math.max(1, (bytes + 4095) / 4096) * (consistent ? 1 : 0.5);
  }

  /** What a change of an item costs, in its table and in the indexes that it is in. */
  static void change(
      Bill bill,
      Table table,
      Optional<Map<String, AttributeValue>> before,
      Optional<Map<String, AttributeValue>> after,
      boolean transaction) {
    double units = writeUnits(Math.max(size(before), size(after)));
    bill.write(transaction ? 2 * units : units);
    for (Index index : table.indexes()) {
      bill.writeIndex(
          index.name(), indexed(index, before.flatMap(index::entry), after.flatMap(index::entry)));
    }
  }

  private static double indexed(
      Index index,
      Optional<Map<String, AttributeValue>> before,
      Optional<Map<String, AttributeValue>> after) {
    if (before.equals(after)) {
      return 0;
    }
    boolean moved =
        before.isPresent()
            && after.isPresent()
            && !index.shape().key(before.get()).equals(index.shape().key(after.get()));
    double old = before.isPresent() ? writeUnits(size(before)) : 0;
    double fresh = after.isPresent() ? writeUnits(size(after)) : 0;
    return moved ? old + fresh : Math.max(old, fresh);
  }

  private static int size(Optional<Map<String, AttributeValue>> item) {
    return item.map(Values::size).orElse(0);
  }
}
