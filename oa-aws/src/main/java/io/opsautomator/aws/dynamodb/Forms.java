package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import java.util.Arrays;

/**
 * The version of the form that items have. Attributes that a program does not know are skipped, and
 * what is missing is empty; anything beyond that raises the version, and a program refuses what it
 * cannot read. What is JSON within an item has versions of its own.
 */
final class Forms {
  static final int CURRENT = 1;

  private Forms() {}

  static Item item(Key key, long version, String writer) {
    return Item.at(key)
        .put(Shape.FORM, CURRENT)
        .put(Shape.VERSION, version)
        .put(Shape.WRITER, writer);
  }

  static void require(Row row) {
    if (row.number(Shape.FORM) > CURRENT) {
      throw new StoreException(
          "stored item %s has form %d; this program knows forms up to %d: use a newer one"
              .formatted(row.key(), row.number(Shape.FORM), CURRENT));
    }
  }

  static <E extends Enum<E>> E constant(Class<E> type, Row row, String attribute) {
    String name = row.text(attribute);
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new StoreException(
                    "stored item %s has %s '%s', which this program does not know: use a newer one"
                        .formatted(row.key(), attribute, name)));
  }
}
