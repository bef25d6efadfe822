package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.TagFilterSet;
import java.util.Map;

/** A comma list and tags to pick from. */
final class TagListFuzz {
  private TagListFuzz() {}

  static void check(String input) {
    Tagged given = Tagged.of(input);
    TagFilterSet list;
    try {
      list = TagFilterSet.parse(given.expression());
    } catch (InvalidExpressionException e) {
      Claims.points(e, given.expression());
      return;
    }
    claim(TagFilterSet.parse(list.toString()).equals(list), "does not read back");
    Map<String, String> picked = list.pick(given.tags());
    claim(given.tags().entrySet().containsAll(picked.entrySet()), "picks what is not there");
    claim(list.allMatch(picked), "what was picked is not picked again");
    claim(list.allMatch(given.tags()) == picked.equals(given.tags()), "all match, or not");
    claim(!given.expression().isBlank() || picked.isEmpty(), "the empty list picks");
    list.names().forEach(name -> claim(!name.isEmpty(), "an empty name"));
    list.warnings().forEach(warning -> claim(!warning.isBlank(), "an empty warning"));
  }
}
