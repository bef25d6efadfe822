package io.opsautomator.testkit.dynamodb;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One write whose request has been checked; what it does depends on the item that it meets. */
final class Plan {
  private static final int LARGEST = 400 * 1024;

  final Table table;
  final Writing.Kind kind;
  final Key key;
  final boolean showsOld;
  final Update update;
  private final Map<String, AttributeValue> item;
  private final Optional<Condition> condition;

  Plan(Table table, Writing writing) {
    this.table = table;
    this.kind = writing.kind();
    this.showsOld = writing.showsOld();
    Placeholders given = given(writing);
    this.condition =
        Optional.ofNullable(writing.condition()).map(text -> Parser.condition(text, given));
    this.update =
        Optional.ofNullable(writing.update())
            .map(text -> UpdateParser.update(text, given))
            .orElse(Update.NOTHING);
    given.checkUsed();
    if (kind == Writing.Kind.PUT) {
      this.item = table.shape().checkedItem(writing.item());
      this.key = table.shape().key(item);
      checkStorable(item);
    } else {
      this.key = table.shape().checkedKey(writing.item());
      this.item = Values.checked(writing.item());
    }
    checkKeyIsLeft();
    if (kind == Writing.Kind.CHECK && condition.isEmpty()) {
      throw Refusals.validation("A condition check needs a condition");
    }
  }

  private Placeholders given(Writing writing) {
    boolean any = !writing.names().isEmpty() || !writing.values().isEmpty();
    if (any && writing.condition() == null && writing.update() == null) {
      throw Refusals.validation(
          "ExpressionAttributeNames and -Values can only be specified when using expressions");
    }
    return new Placeholders(table, writing.names(), writing.values());
  }

  private void checkKeyIsLeft() {
    for (Path path : update.paths()) {
      if (table.shape().types().containsKey(path.top())) {
        throw Refusals.validation(
            "One or more parameter values were invalid: Cannot update attribute "
                + (path.top() + ". This attribute is part of the key"));
      }
    }
  }

  private void checkStorable(Map<String, AttributeValue> image) {
    if (Values.size(image) > LARGEST) {
      throw Refusals.validation("Item size has exceeded the maximum allowed size");
    }
    table.indexes().forEach(index -> index.shape().checkPresent(image));
  }

  Optional<Map<String, AttributeValue>> before() {
    return table.find(key);
  }

  boolean allowed(Optional<Map<String, AttributeValue>> before) {
    return condition.isEmpty() || condition.get().holds(before.orElse(Map.of()));
  }

  /** What the item is afterwards; refused if the update does not fit it. */
  Optional<Map<String, AttributeValue>> after(Optional<Map<String, AttributeValue>> before) {
    return switch (kind) {
      case PUT -> Optional.of(item);
      case DELETE -> Optional.empty();
      case CHECK -> before;
      case UPDATE -> Optional.of(updated(before.orElse(item)));
    };
  }

  private Map<String, AttributeValue> updated(Map<String, AttributeValue> from) {
    Map<String, AttributeValue> image = Updates.apply(from, update);
    checkStorable(image);
    return image;
  }
}
