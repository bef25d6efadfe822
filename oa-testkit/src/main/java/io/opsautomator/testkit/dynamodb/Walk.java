package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * One page of a query or a scan: goes from item to item until the limit, 1 MB, or the end. A page
 * that ends at a limit has a last key even when nothing follows.
 */
final class Walk {
  private static final int LARGEST_PAGE = 1024 * 1024;

  private final Tables tables;
  private final Table table;
  private final Optional<Index> index;
  private final Terms terms;
  private final Optional<Interval> interval;
  private final Optional<Condition> filter;
  private final Optional<List<Path>> paths;
  private final Meter.Bill bill;
  private final List<Map<String, AttributeValue>> items = new ArrayList<>();
  private int count;
  private int scanned;
  private int bytes;
  private boolean cut;
  private @Nullable Map<String, AttributeValue> last;

  /**
   * What query and scan have in common.
   *
   * @param limit 0 if there is none
   * @param start empty at the beginning
   */
  private record Terms(
      boolean consistent,
      int limit,
      boolean forward,
      boolean counts,
      Map<String, AttributeValue> start,
      int segment,
      int segments) {}

  private record Expressions(
      @Nullable String keys, @Nullable String filter, @Nullable String projection) {}

  private Walk(
      Tables tables,
      Table table,
      @Nullable String index,
      Expressions texts,
      Placeholders given,
      Terms terms) {
    this.tables = tables;
    this.table = table;
    this.index = Optional.ofNullable(index).map(table::index);
    this.terms = terms;
    this.interval =
        Optional.ofNullable(texts.keys())
            .map(text -> Interval.of(shape(), Parser.condition(text, given)));
    this.filter =
        Optional.ofNullable(texts.filter())
            .map(text -> Parser.filter(text, given, this::checkFiltered));
    this.paths =
        Optional.ofNullable(texts.projection()).map(text -> Parser.projection(text, given));
    given.checkUsed();
    this.bill = new Meter.Bill(table.name());
    check();
  }

  static Walk of(Tables tables, QueryRequest request) {
    if (request.keyConditionExpression() == null) {
      throw Refusals.validation("Either the KeyConditions or KeyConditionExpression must be given");
    }
    Table table = tables.table(request.tableName());
    return new Walk(
        tables,
        table,
        request.indexName(),
        new Expressions(
            request.keyConditionExpression(),
            request.filterExpression(),
            request.projectionExpression()),
        new Placeholders(
            table, request.expressionAttributeNames(), request.expressionAttributeValues()),
        new Terms(
            Boolean.TRUE.equals(request.consistentRead()),
            limit(request.limit()),
            !Boolean.FALSE.equals(request.scanIndexForward()),
            counts(table, request.indexName(), request.select(), request.projectionExpression()),
            request.exclusiveStartKey(),
            0,
            1));
  }

  static Walk of(Tables tables, ScanRequest request) {
    Table table = tables.table(request.tableName());
    int segments = request.totalSegments() == null ? 1 : request.totalSegments();
    int segment = request.segment() == null ? 0 : request.segment();
    if (segment >= segments || (request.segment() == null) != (request.totalSegments() == null)) {
      throw Refusals.validation("Segment " + segment + " of " + segments + " is none");
    }
    return new Walk(
        tables,
        table,
        request.indexName(),
        new Expressions(null, request.filterExpression(), request.projectionExpression()),
        new Placeholders(
            table, request.expressionAttributeNames(), request.expressionAttributeValues()),
        new Terms(
            Boolean.TRUE.equals(request.consistentRead()),
            limit(request.limit()),
            true,
            counts(table, request.indexName(), request.select(), request.projectionExpression()),
            request.exclusiveStartKey(),
            segment,
            segments));
  }

  private static int limit(@Nullable Integer limit) {
    if (limit != null && limit < 1) {
      throw Refusals.validation("Value at 'limit' failed to satisfy constraint: at least 1");
    }
    return limit == null ? 0 : limit;
  }

  /** Whether only the number of items is wanted. */
  private static boolean counts(
      Table table, @Nullable String index, @Nullable Select select, @Nullable String projection) {
    if (select == null) {
      return false;
    }
    if (projection != null && select != Select.SPECIFIC_ATTRIBUTES) {
      throw Refusals.validation("Cannot specify the ProjectionExpression when choosing " + select);
    }
    if (select == Select.SPECIFIC_ATTRIBUTES && projection == null) {
      throw Refusals.validation("Must specify the attributes to get when choosing " + select);
    }
    if (select == Select.ALL_PROJECTED_ATTRIBUTES && index == null) {
      throw Refusals.validation(select + " can be used only when querying using an IndexName");
    }
    if (select == Select.ALL_ATTRIBUTES && index != null && !table.index(index).whole()) {
      throw Refusals.validation(select + " is not supported for index " + index);
    }
    return select == Select.COUNT;
  }

  private void check() {
    if (index.isPresent() && terms.consistent()) {
      throw Refusals.validation("Consistent reads are not supported on global secondary indexes");
    }
    paths.orElse(List.of()).forEach(path -> checkProjected(path.top()));
    if (!terms.start().isEmpty()) {
      checkStart();
    }
  }

  private void checkFiltered(String attribute) {
    if (interval.isPresent() && shape().names().contains(attribute)) {
      throw Refusals.validation(
          "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
              + attribute);
    }
    checkProjected(attribute);
  }

  private void checkProjected(String attribute) {
    if (index.isPresent() && !index.get().shows(attribute)) {
      throw Refusals.validation(
          "One or more parameter values were invalid: index "
              + (index.get().name() + " does not project " + attribute));
    }
  }

  private void checkStart() {
    Map<String, AttributeValue> start = terms.start();
    if (!start.keySet().equals(keyAttributes(start).keySet()) || start.size() != names().size()) {
      throw Refusals.validation("The provided starting key is invalid: " + start.keySet());
    }
    Map<String, AttributeValue> checked = Values.checked(start);
    table.shape().checkAll(checked);
    shape().checkAll(checked);
    if (interval.isPresent()) {
      boolean within =
          interval.get().hash().equals(checked.get(shape().hash()))
              && interval.get().holds(checked)
              && !isEnd(checked);
      if (!within) {
        throw Refusals.validation(
            "The provided starting key is outside query boundaries based on provided conditions");
      }
    }
  }

  private Shape shape() {
    return index.map(Index::shape).orElse(table.shape());
  }

  private List<String> names() {
    List<String> all = new ArrayList<>(table.shape().names());
    shape().names().stream().filter(name -> !all.contains(name)).forEach(all::add);
    return all;
  }

  private Map<String, AttributeValue> keyAttributes(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    names().stream().filter(item::containsKey).forEach(name -> key.put(name, item.get(name)));
    return key;
  }

  private Position position(Map<String, AttributeValue> item) {
    return index
        .map(of -> of.position(item))
        .orElseGet(() -> new Position(table.shape().key(item).range(), null));
  }

  // -- Walking ------------------------------------------------------------------------------------

  void go() {
    if (interval.isPresent()) {
      partition(interval.get().hash(), !terms.start().isEmpty());
    } else {
      scan();
    }
    double units = Meter.readUnits(bytes, terms.consistent());
    if (index.isPresent()) {
      bill.readIndex(index.get().name(), units);
    } else {
      bill.read(units);
    }
  }

  private void scan() {
    List<AttributeValue> hashes = new ArrayList<>(table.hashes(index));
    hashes.removeIf(
        hash -> Math.floorMod(Partitions.scatter(hash) >>> 7, terms.segments()) != terms.segment());
    int from = 0;
    boolean within = false;
    if (!terms.start().isEmpty()) {
      AttributeValue start = shape().hashOf(Values.checked(terms.start()));
      from = Partitions.placeOf(start, hashes);
      within = from < hashes.size() && hashes.get(from).equals(start);
    }
    for (int i = from; i < hashes.size() && !cut; i++) {
      partition(hashes.get(i), within && i == from);
    }
  }

  private void partition(AttributeValue hash, boolean started) {
    Optional<Behaviour> eventually =
        terms.consistent() ? Optional.empty() : Optional.of(tables.behaviour());
    NavigableMap<Position, Map<String, AttributeValue>> all =
        table.partition(index, hash, eventually);
    if (!terms.forward()) {
      all = all.descendingMap();
    }
    if (started) {
      all = all.tailMap(position(Values.checked(terms.start())), false);
    } else {
      all = fromBound(all);
    }
    for (Map.Entry<Position, Map<String, AttributeValue>> entry : all.entrySet()) {
      boolean behind =
          interval.isPresent() && interval.get().isBehind(entry.getKey(), terms.forward());
      if (cut || behind) {
        return;
      }
      if (interval.isEmpty() || interval.get().holds(entry.getValue())) {
        meet(entry.getValue());
      }
    }
  }

  /** Leaves out what certainly comes before the interval. */
  private NavigableMap<Position, Map<String, AttributeValue>> fromBound(
      NavigableMap<Position, Map<String, AttributeValue>> all) {
    @Nullable AttributeValue low = interval.map(Interval::low).orElse(null);
    return terms.forward() && low != null ? all.tailMap(new Position(low, null), true) : all;
  }

  private void meet(Map<String, AttributeValue> item) {
    scanned++;
    bytes += Values.size(item);
    if (filter.isEmpty() || filter.get().holds(item)) {
      count++;
      if (!terms.counts()) {
        items.add(Reader.projected(item, paths));
      }
    }
    if (scanned == terms.limit() || bytes >= LARGEST_PAGE) {
      cut = true;
      last = isEnd(item) ? null : keyAttributes(item);
    }
  }

  private boolean isEnd(Map<String, AttributeValue> item) {
    return index.isEmpty()
        && interval
            .filter(of -> of.endsAt(table.shape().key(item).range(), terms.forward()))
            .isPresent();
  }

  // -- What came of it ----------------------------------------------------------------------------

  List<Map<String, AttributeValue>> items() {
    return items;
  }

  int count() {
    return count;
  }

  int scanned() {
    return scanned;
  }

  @Nullable Map<String, AttributeValue> last() {
    return last;
  }

  Meter.Bill bill() {
    return bill;
  }
}
