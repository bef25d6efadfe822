package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Budgets;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.Tasks;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The store for any number of workers, in one DynamoDB table; see {@link DynamoDbTable} for how the
 * table is made, and docs/dynamodb.md for what is in it. Workers need know nothing of each other:
 * every step is a conditional write.
 *
 * <p>An execution costs a write when it is claimed, one when it ends, and one more for each slot
 * that it hands on; nothing is read on the way, however many wait. What this process has written
 * last it remembers, within bounds, so as to write over it without reading.
 *
 * <p>Faults of the service, time-outs and throttling are repeated by the client that was given, by
 * the retry strategy it was built with; there is no other. That is safe: a write that is repeated
 * finds its own mark and counts as made. What is left is a {@link
 * io.opsautomator.store.StoreException} that says what to do.
 *
 * <p>Thread-safe. The clients belong to the caller, and are not closed.
 */
public final class DynamoDbStore implements Store {
  private final DynamoTasks tasks;
  private final DynamoRuns runs;
  private final DynamoSelections selections;
  private final DynamoExecutions executions;
  private final DynamoGates gates;
  private final DynamoBudgets budgets;
  private final Purge purge;

  private DynamoDbStore(Builder builder) {
    Table table = new Table(builder.client, builder.table);
    Tokens tokens = new Tokens(builder.writer);
    Texts texts = new Texts(Optional.ofNullable(builder.large));
    Bodies bodies = new Bodies(texts);
    tasks = new DynamoTasks(table, tokens, bodies);
    runs = new DynamoRuns(table, tokens, bodies, tasks.writes());
    selections = new DynamoSelections(table, tokens, texts);
    executions = new DynamoExecutions(table, tokens, texts);
    gates = new DynamoGates(table, tokens);
    budgets = new DynamoBudgets(table, tokens, bodies);
    purge = new Purge(table, texts, runs, gates, new DynamoBatches(table, tokens, texts));
  }

  /**
   * A store over a table that is there already.
   *
   * @param client for the table's account and region
   * @param table its name
   */
  public static Builder over(DynamoDbClient client, String table) {
    return new Builder(client, table);
  }

  /** Not thread-safe. */
  public static final class Builder {
    private final DynamoDbClient client;
    private final String table;
    private @Nullable LargeTexts large;
    private String writer = UUID.randomUUID().toString().substring(0, 8);

    private Builder(DynamoDbClient client, String table) {
      this.client = client;
      this.table = table;
    }

    /**
     * Where texts go that are larger than 16 KB even when deflated. Without a bucket an item takes
     * what fits into 390 KB, and the rest is refused.
     *
     * @param s3 asked when the first of them comes; for the bucket's region
     */
    public Builder payloads(Supplier<S3Client> s3, String bucket) {
      return payloads(s3, bucket, "", "");
    }

    /**
     * As above.
     *
     * @param prefix before the names of all objects, such as {@code ops-automator/}
     * @param key the KMS key to encrypt them with; empty for what the bucket says
     */
    public Builder payloads(Supplier<S3Client> s3, String bucket, String prefix, String key) {
      this.large = new LargeTexts(s3, bucket, prefix, key);
      return this;
    }

    /**
     * Names this process in what it writes; no two that run at the same time may have the same
     * name. Up to 16 characters; at random unless given.
     */
    public Builder writer(String name) {
      if (name.isEmpty() || name.length() > 16) {
        throw new IllegalArgumentException("writer '" + name + "' is not 1 to 16 characters long");
      }
      this.writer = name;
      return this;
    }

    /** Asks the table for nothing. */
    public DynamoDbStore open() {
      return new DynamoDbStore(this);
    }
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Selections selections() {
    return selections;
  }

  @Override
  public Executions executions() {
    return executions;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  @Override
  public Budgets budgets() {
    return budgets;
  }

  /** Reads the history up to that instant; which of the old runs go first is not said. */
  @Override
  public int purge(Instant endedBefore, int atMost) {
    int gone = purge.runs(endedBefore, atMost);
    budgets.purge(endedBefore);
    return gone;
  }

  @Override
  public void close() {
    // The clients are the caller's.
  }
}
