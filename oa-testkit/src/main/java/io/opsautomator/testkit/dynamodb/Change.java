package io.opsautomator.testkit.dynamodb;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What one write did to one item.
 *
 * @param number counts the changes of all tables, from 1
 * @param key the key attributes of the item
 * @param before the whole item; empty if there was none
 * @param after the whole item; empty if there is none any more
 */
public record Change(
    long number,
    String table,
    Map<String, AttributeValue> key,
    Optional<Map<String, AttributeValue>> before,
    Optional<Map<String, AttributeValue>> after) {}
