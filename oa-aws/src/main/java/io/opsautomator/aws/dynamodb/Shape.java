package io.opsautomator.aws.dynamodb;

/** Names of attributes that more than one kind of item has. Short, for each is paid for. */
final class Shape {
  static final String PK = "pk";
  static final String SK = "sk";

  /** The key of the index of what is due. */
  static final String DUE_PK = "duePk";

  static final String DUE_SK = "dueSk";

  /** When DynamoDB may remove the item, in seconds since 1970. */
  static final String TTL = "ttl";

  /** The version of the item's form. */
  static final String FORM = "f";

  /** Rises with every write of the item. */
  static final String VERSION = "v";

  /** Who wrote it last. */
  static final String WRITER = "w";

  /** The item as JSON. */
  static final String BODY = "b";

  private Shape() {}
}
