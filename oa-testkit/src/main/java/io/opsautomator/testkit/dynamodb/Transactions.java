package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * Writes that are made together or not at all. A request token makes a repetition answer what was
 * answered, without a second write; a transaction that was cancelled is tried again.
 */
final class Transactions {
  private static final String OPERATION = "TransactWriteItems";
  private static final int MOST = 100;
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final CancellationReason NONE = CancellationReason.builder().code("None").build();

  private final Tables tables;
  private final Meter meter;
  private final Writer writer;
  private final Map<String, List<?>> made = new HashMap<>();

  Transactions(Tables tables, Meter meter, Writer writer) {
    this.tables = tables;
    this.meter = meter;
    this.writer = writer;
  }

  void forgetTokens() {
    made.clear();
  }

  TransactWriteItemsResponse write(TransactWriteItemsRequest request) {
    List<Plan> plans = plans(request);
    @Nullable String token = request.clientRequestToken();
    List<?> earlier = token == null ? null : made.get(token);
    if (earlier != null) {
      if (!earlier.equals(request.transactItems())) {
        throw Refusals.otherParameters();
      }
      return answer(charge(plans, List.of(), request));
    }
    List<Writer.Planned> writes = planned(plans);
    writer.commit(writes);
    if (token != null) {
      made.put(token, request.transactItems());
    }
    return answer(charge(plans, writes, request));
  }

  private List<Plan> plans(TransactWriteItemsRequest request) {
    int size = request.transactItems().size();
    if (size == 0 || size > MOST) {
      throw Refusals.validation("A transaction has 1 to 100 writes, not " + size);
    }
    List<Plan> plans =
        request.transactItems().stream().map(item -> tables.plan(Writing.of(item))).toList();
    for (int i = 0; i < plans.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (Writer.sameItem(plans.get(i), plans.get(j))) {
          throw Refusals.validation(
              "Transaction request cannot include multiple operations on one item");
        }
      }
    }
    return plans;
  }

  /** What each would do; cancelled if one of them may not. */
  private List<Writer.Planned> planned(List<Plan> plans) {
    List<Writer.Planned> writes = new ArrayList<>();
    List<CancellationReason> reasons = new ArrayList<>();
    for (Plan plan : plans) {
      reasons.add(reason(plan, writes));
    }
    if (!reasons.stream().allMatch(NONE::equals)) {
      plans.forEach(this::chargeRefused);
      throw Refusals.cancelled(reasons);
    }
    int bytes = writes.stream().mapToInt(one -> one.after().map(Values::size).orElse(0)).sum();
    if (bytes > LARGEST) {
      throw Refusals.validation("The items of a transaction exceed 4 MB: " + bytes);
    }
    return writes;
  }

  private CancellationReason reason(Plan plan, List<Writer.Planned> writes) {
    if (tables.behaviour().conflicts(OPERATION, plan.table.name())) {
      return because("TransactionConflict", "Transaction is ongoing for the item").build();
    }
    Optional<Map<String, AttributeValue>> before = plan.before();
    if (!plan.allowed(before)) {
      return because("ConditionalCheckFailed", "The conditional request failed")
          .item(plan.showsOld ? before.orElse(null) : null)
          .build();
    }
    try {
      writes.add(new Writer.Planned(plan, before, plan.after(before)));
      return NONE;
    } catch (DynamoDbException e) {
      if (!Writer.isValidation(e)) {
        throw e;
      }
      return because("ValidationError", e.awsErrorDetails().errorMessage()).build();
    }
  }

  private static CancellationReason.Builder because(String code, String message) {
    return CancellationReason.builder().code(code).message(message);
  }

  private void chargeRefused(Plan plan) {
    Meter.Bill bill = new Meter.Bill(plan.table.name());
    Meter.change(bill, plan.table, plan.before(), plan.before(), true);
    meter.charge(bill, null);
  }

  /** One bill for each table; a repetition only reads. */
  private List<ConsumedCapacity> charge(
      List<Plan> plans, List<Writer.Planned> writes, TransactWriteItemsRequest request) {
    Map<String, Meter.Bill> bills = new LinkedHashMap<>();
    if (writes.isEmpty()) {
      for (Plan plan : plans) {
        bills
            .computeIfAbsent(plan.table.name(), Meter.Bill::new)
            .read(2 * Reader.units(plan.before(), true));
      }
    }
    for (Writer.Planned write : writes) {
      Table table = write.plan().table;
      Meter.Bill bill = bills.computeIfAbsent(table.name(), Meter.Bill::new);
      Meter.change(bill, table, write.before(), write.after(), true);
    }
    return bills.values().stream()
        .flatMap(bill -> meter.charge(bill, request.returnConsumedCapacity()).stream())
        .toList();
  }

  private static TransactWriteItemsResponse answer(List<ConsumedCapacity> consumed) {
    return TransactWriteItemsResponse.builder()
        .consumedCapacity(consumed.isEmpty() ? null : consumed)
        .build();
  }
}
