package io.opsautomator.templategen.solution;

/**
 * How the table of the DynamoDB store is keyed. The store itself has it, too; since neither can
 * know the other, a test holds them equal.
 *
 * @param hash the partition key, a text
 * @param range the sort key, a text
 * @param due the index that finds what is due: sparse, keys only
 * @param expiry the attribute with the second after which an item may go
 */
public record StoreTable(String hash, String range, Index due, String expiry) {
  /** An index with two texts as its keys. */
  public record Index(String name, String hash, String range) {}

  public static final StoreTable CURRENT =
      new StoreTable("pk", "sk", new Index("due", "duePk", "dueSk"), "ttl");
}
