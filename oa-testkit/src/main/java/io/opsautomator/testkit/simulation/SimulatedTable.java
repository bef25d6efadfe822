package io.opsautomator.testkit.simulation;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Store;
import io.opsautomator.testkit.dynamodb.Behaviour;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The table that the processes of a world share. Each process has a store of its own over it, with
 * a seam at every call; what each call changes is told as it takes effect, as part of the operation
 * that its worker is at.
 */
final class SimulatedTable implements Behaviour {
  static final String NAME = "store";
  private static final long LONGEST_LAG = 8_000;

  private final Conductor conductor;
  private final Weather weather;
  private final Seams seams;
  private final Chronicler chronicler;
  private final Chance chance;
  private final FakeDynamoDb fake = new FakeDynamoDb(this);
  private final Store truth;
  private final TableImages images;
  private final Map<Long, Long> times = new HashMap<>();

  /** How many items each partition of the index has. */
  private final Map<String, Integer> due = new HashMap<>();

  private @Nullable Operation nobodys;
  private long lag;

  SimulatedTable(
      Conductor conductor,
      Weather weather,
      Seams seams,
      Chronicler chronicler,
      Blueprint blueprint) {
    this.conductor = conductor;
    this.weather = weather;
    this.seams = seams;
    this.chronicler = chronicler;
    this.chance = blueprint.chance.split();
    weather.overTables(chance.split());
    DynamoDbTable.create(fake, NAME, Optional.empty());
    this.truth = DynamoDbStore.over(fake, NAME).writer("truth").open();
    this.images = new TableImages(truth);
  }

  /** What is stored, past every seam and every fault. */
  Store truth() {
    return truth;
  }

  /** The store of one process. */
  Store store(Node node, Mutant mutant) {
    TableClient client = new TableClient(fake, node, seams, this);
    return new ToldStore(
        DynamoDbStore.over(mutant.client(client), NAME).writer(node.name).open(), this);
  }

  // -- Operations ---------------------------------------------------------------------------------

  /** Has something done as one operation of the worker that runs. */
  <T> T asked(Request request, Supplier<T> call) {
    Operation operation = new Operation(request);
    begin(operation);
    T answer;
    try {
      answer = call.get();
    } finally {
      begin(null);
    }
    if (!operation.told) {
      chronicler.written(request, List.of(), answer);
    }
    return answer;
  }

  private void begin(@Nullable Operation operation) {
    @Nullable Fiber fiber = conductor.current();
    if (fiber == null) {
      nobodys = operation;
    } else {
      fiber.operation = operation;
    }
  }

  private @Nullable Operation operation() {
    @Nullable Fiber fiber = conductor.current();
    return fiber == null ? nobodys : fiber.operation;
  }

  void seen(Execution image) {
    chronicler.seen(image);
  }

  @Override
  public void changed(List<io.opsautomator.testkit.dynamodb.Change> changes) {
    for (io.opsautomator.testkit.dynamodb.Change change : changes) {
      times.put(change.number(), conductor.now());
      change.before().ifPresent(item -> due(item, -1));
      change.after().ifPresent(item -> due(item, 1));
    }
    @Nullable Operation operation = operation();
    List<Change> told = images.of(changes);
    if (operation != null && !told.isEmpty()) {
      operation.told = true;
      chronicler.written(operation.request, told, Operation.PENDING);
    }
  }

  private void due(Map<String, AttributeValue> item, int by) {
    AttributeValue partition = item.get("duePk");
    if (partition != null) {
      due.merge(partition.s(), by, (some, more) -> some + more == 0 ? null : some + more);
    }
  }

  // -- What goes wrong ----------------------------------------------------------------------------

  private boolean errs(Fault fault, String what) {
    boolean strikes = conductor.current() != null && weather.strikes(fault);
    if (strikes) {
      chronicler.erred(fault, what);
    }
    return strikes;
  }

  /** A call whose answer may be lost on the way to the client, which then makes it again. */
  <T> T served(Node node, String what, Supplier<T> call) {
    if (errs(Fault.TABLE_CALL_REPEATED, what)) {
      T unused = call.get();
      conductor.letOthersGo();
      node.mustLive();
    }
    return call.get();
  }

  /**
   * A read of the index, which may lag behind. Most of its partitions are empty most of the time.
   */
  QueryResponse late(QueryRequest request, Function<QueryRequest, QueryResponse> read) {
    lag = errs(Fault.TABLE_INDEX_STALE, "due") ? chance.between(0L, LONGEST_LAG) : 0;
    AttributeValue partition = request.expressionAttributeValues().get(":pk");
    if (lag == 0 && partition != null && !due.containsKey(partition.s())) {
      return QueryResponse.builder().items(List.of()).count(0).scannedCount(0).build();
    }
    try {
      return read.apply(request);
    } finally {
      lag = 0;
    }
  }

  @Override
  public boolean shows(Optional<String> index, io.opsautomator.testkit.dynamodb.Change change) {
    return lag == 0 || times.getOrDefault(change.number(), 0L) + lag <= conductor.now();
  }

  @Override
  public boolean handles(String operation, int position) {
    return !errs(Fault.TABLE_BATCH_CUT, operation);
  }

  @Override
  public boolean conflicts(String operation, String table) {
    return errs(Fault.TABLE_CONFLICT, operation);
  }
}
