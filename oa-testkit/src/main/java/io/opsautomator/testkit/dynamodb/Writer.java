package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Writes of single items. */
final class Writer {
  private final Tables tables;
  private final Meter meter;

  Writer(Tables tables, Meter meter) {
    this.tables = tables;
    this.meter = meter;
  }

  /** What a write did. */
  record Done(
      Optional<Map<String, AttributeValue>> before,
      Optional<Map<String, AttributeValue>> after,
      Optional<ConsumedCapacity> consumed) {}

  PutItemResponse put(PutItemRequest request) {
    boolean old = old(request.returnValues());
    Plan plan = tables.plan(Writing.of(request));
    Done done = write("PutItem", plan, request.returnConsumedCapacity());
    return PutItemResponse.builder()
        .attributes(old ? done.before().orElse(null) : null)
        .consumedCapacity(done.consumed().orElse(null))
        .build();
  }

  DeleteItemResponse delete(DeleteItemRequest request) {
    boolean old = old(request.returnValues());
    Plan plan = tables.plan(Writing.of(request));
    Done done = write("DeleteItem", plan, request.returnConsumedCapacity());
    return DeleteItemResponse.builder()
        .attributes(old ? done.before().orElse(null) : null)
        .consumedCapacity(done.consumed().orElse(null))
        .build();
  }

  UpdateItemResponse update(UpdateItemRequest request) {
    Plan plan = tables.plan(Writing.of(request));
    Done done = write("UpdateItem", plan, request.returnConsumedCapacity());
    return UpdateItemResponse.builder()
        .attributes(returned(request.returnValues(), plan, done).orElse(null))
        .consumedCapacity(done.consumed().orElse(null))
        .build();
  }

  private static boolean old(@Nullable ReturnValue which) {
    if (which != null && which != ReturnValue.NONE && which != ReturnValue.ALL_OLD) {
      throw Refusals.validation("Return values set to invalid value");
    }
    return which == ReturnValue.ALL_OLD;
  }

  private static Optional<Map<String, AttributeValue>> returned(
      @Nullable ReturnValue which, Plan plan, Done done) {
    if (which == null) {
      return Optional.empty();
    }
    return switch (which) {
      case NONE -> Optional.empty();
      case ALL_OLD -> done.before();
      case ALL_NEW -> done.after();
      case UPDATED_OLD -> touched(plan, done.before());
      case UPDATED_NEW -> touched(plan, done.after());
      default -> throw Refusals.validation("Return values set to invalid value");
    };
  }

  private static Optional<Map<String, AttributeValue>> touched(
      Plan plan, Optional<Map<String, AttributeValue>> image) {
    return image
        .map(item -> Projection.of(item, plan.update.paths()))
        .filter(some -> !some.isEmpty());
  }

  Done write(String operation, Plan plan, @Nullable ReturnConsumedCapacity wanted) {
    if (tables.behaviour().conflicts(operation, plan.table.name())) {
      throw Refusals.conflict();
    }
    Optional<Map<String, AttributeValue>> before = plan.before();
    Meter.Bill bill = new Meter.Bill(plan.table.name());
    if (!plan.allowed(before)) {
      Meter.change(bill, plan.table, before, before, false);
      meter.charge(bill, null);
      throw Refusals.conditionFailed(plan.showsOld ? before : Optional.empty());
    }
    Optional<Map<String, AttributeValue>> after = plan.after(before);
    commit(List.of(new Planned(plan, before, after)));
    Meter.change(bill, plan.table, before, after, false);
    return new Done(before, after, meter.charge(bill, wanted));
  }

  /** A write that is going to be made. */
  record Planned(
      Plan plan,
      Optional<Map<String, AttributeValue>> before,
      Optional<Map<String, AttributeValue>> after) {}

  /** Makes all of them, in one step. */
  void commit(List<Planned> writes) {
    List<Change> changes = new ArrayList<>();
    for (Planned write : writes) {
      boolean nothing = write.before().isEmpty() && write.after().isEmpty();
      if (write.plan().kind != Writing.Kind.CHECK && !nothing) {
        Change change = change(write);
        write.plan().table.apply(change);
        changes.add(change);
      }
    }
    if (!changes.isEmpty()) {
      tables.behaviour().changed(List.copyOf(changes));
    }
  }

  private Change change(Planned write) {
    Table table = write.plan().table;
    Map<String, AttributeValue> key =
        new LinkedHashMap<>(
            table.shape().attributes(write.after().or(write::before).orElseThrow()));
    return new Change(tables.nextChange(), table.name(), key, write.before(), write.after());
  }

  /** Whether two writes of one transaction or batch are of the same item. */
  static boolean sameItem(Plan one, Plan other) {
    return one.table == other.table && one.key.equals(other.key);
  }

  /** How a transaction tells of an item that does not fit. */
  static boolean isValidation(DynamoDbException e) {
    return "ValidationException".equals(e.awsErrorDetails().errorCode());
  }
}
