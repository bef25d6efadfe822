package io.opsautomator.testkit.dynamodb;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The tables of an account and region. They are active as soon as they are asked for. */
final class Tables {
  private static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/";

  private final Behaviour behaviour;
  private final Map<String, Table> all = new TreeMap<>();
  private long changes;

  Tables(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Map<String, Table> all() {
    return all;
  }

  long nextChange() {
    return ++changes;
  }

  /**
   * @param name or its ARN
   */
  Table table(@Nullable String name) {
    String plain = name == null ? "" : name.substring(name.lastIndexOf('/') + 1);
    Table table = all.get(plain);
    if (table == null) {
      throw Refusals.noTable(plain);
    }
    return table;
  }

  Plan plan(Writing writing) {
    return new Plan(table(writing.table()), writing);
  }

  TableDescription create(CreateTableRequest request) {
    if (!request.tableName().matches("[A-Za-z0-9_.-]{3,255}")) {
      throw Refusals.validation(
          "TableName must be of 3 to 255 letters, digits, '_', '-' or '.': " + request.tableName());
    }
    if (request.hasLocalSecondaryIndexes() || request.streamSpecification() != null) {
      throw new UnsupportedOperationException("local indexes and streams are not known here");
    }
    if (all.containsKey(request.tableName())) {
      throw Refusals.tableExists(request.tableName());
    }
    Table table = new Table(request);
    checkDefinitions(table);
    all.put(request.tableName(), table);
    return description(table);
  }

  private static void checkDefinitions(Table table) {
    for (var definition : table.definition().attributeDefinitions()) {
      String name = definition.attributeName();
      boolean used =
          table.shape().types().containsKey(name)
              || table.indexes().stream().anyMatch(of -> of.shape().types().containsKey(name));
      if (!used) {
        throw Refusals.validation(
            "Some AttributeDefinitions are not used. AttributeDefinitions: [" + name + "]");
      }
    }
  }

  TableDescription delete(String name) {
    Table table = table(name);
    all.remove(table.name());
    return description(table).toBuilder().tableStatus(TableStatus.DELETING).build();
  }

  TableDescription describe(String name) {
    return description(table(name));
  }

  private static TableDescription description(Table table) {
    CreateTableRequest definition = table.definition();
    var indexes = table.indexes().stream().map(one -> description(one, table)).toList();
    return TableDescription.builder()
        .tableName(table.name())
        .tableArn(ARN + table.name())
        .tableStatus(TableStatus.ACTIVE)
        .keySchema(definition.keySchema())
        .attributeDefinitions(definition.attributeDefinitions())
        .globalSecondaryIndexes(indexes.isEmpty() ? null : indexes)
        .billingModeSummary(mode -> mode.billingMode(definition.billingMode()))
        .deletionProtectionEnabled(Boolean.TRUE.equals(definition.deletionProtectionEnabled()))
        .sseDescription(
            Optional.ofNullable(definition.sseSpecification())
                .map(
                    sse ->
                        software.amazon.awssdk.services.dynamodb.model.SSEDescription.builder()
                            .status(SSEStatus.ENABLED)
                            .sseType(sse.sseType())
                            .kmsMasterKeyArn(sse.kmsMasterKeyId())
                            .build())
                .orElse(null))
        .itemCount((long) table.size())
        .build();
  }

  private static GlobalSecondaryIndexDescription description(Index index, Table table) {
    return GlobalSecondaryIndexDescription.builder()
        .indexName(index.name())
        .indexArn(ARN + table.name() + "/index/" + index.name())
        .indexStatus(IndexStatus.ACTIVE)
        .keySchema(index.definition().keySchema())
        .projection(index.definition().projection())
        .build();
  }

  // -- Expiry and backups -------------------------------------------------------------------------

  TimeToLiveSpecification expire(String name, TimeToLiveSpecification specification) {
    Table table = table(name);
    boolean on = specification.enabled();
    if (on == table.expiry.isPresent()) {
      throw Refusals.validation("TimeToLive is already " + (on ? "enabled" : "disabled"));
    }
    table.expiry = on ? Optional.of(specification.attributeName()) : Optional.empty();
    return specification;
  }

  TimeToLiveDescription expiry(String name) {
    Optional<String> attribute = table(name).expiry;
    return TimeToLiveDescription.builder()
        .timeToLiveStatus(
            attribute.isPresent() ? TimeToLiveStatus.ENABLED : TimeToLiveStatus.DISABLED)
        .attributeName(attribute.orElse(null))
        .build();
  }

  ContinuousBackupsDescription backUp(String name, boolean pointInTime) {
    table(name).pointInTime = pointInTime;
    return backups(name);
  }

  ContinuousBackupsDescription backups(String name) {
    PointInTimeRecoveryStatus status =
        table(name).pointInTime
            ? PointInTimeRecoveryStatus.ENABLED
            : PointInTimeRecoveryStatus.DISABLED;
    return ContinuousBackupsDescription.builder()
        .continuousBackupsStatus(ContinuousBackupsStatus.ENABLED)
        .pointInTimeRecoveryDescription(of -> of.pointInTimeRecoveryStatus(status))
        .build();
  }
}
