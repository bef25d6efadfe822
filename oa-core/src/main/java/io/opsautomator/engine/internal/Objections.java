package io.opsautomator.engine.internal;

import io.opsautomator.resource.Scope;
import io.opsautomator.task.Amount;
import io.opsautomator.task.Guards;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a task's guards have against a selection that is complete. Pure; told are all of them, since
 * whoever has to mend the task wants to know at once.
 *
 * @param listed resources in all slices, before filtering
 * @param selected those kept, by slice
 * @param before how many the last run that went ahead had selected
 */
record Objections(Guards guards, int listed, Map<Scope, Integer> selected, OptionalInt before) {

  /** Empty when the run may go ahead. */
  List<String> all() {
    return Stream.of(
            tooMany().stream(),
            tooManyOf("account", guards.maxPerAccount(), byAccount()).stream(),
            tooManyOf("region", guards.maxPerRegion(), byRegion()).stream(),
            shrunk().stream())
        .flatMap(objection -> objection)
        .toList();
  }

  int total() {
    return selected.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Optional<String> tooMany() {
    Optional<Amount> most = guards.maxResources();
    return most.filter(amount -> total() > amount.of(listed)).map(this::tooMany);
  }

  private String tooMany(Amount most) {
    String allowed =
        most.percent()
            ? most + " of the " + listed + " that were listed, which is " + most.of(listed)
            : most.toString();
    return total() + " resources were selected, and maxResources is " + allowed;
  }

  private Map<String, Integer> byAccount() {
    Map<String, Integer> sums = new TreeMap<>();
    selected.forEach((scope, count) -> sums.merge(scope.account().value(), count, Integer::sum));
    return sums;
  }

  private Map<String, Integer> byRegion() {
    Map<String, Integer> sums = new TreeMap<>();
    selected.forEach((scope, count) -> sums.merge(scope.key(), count, Integer::sum));
    return sums;
  }

  private static Optional<String> tooManyOf(
      String what, OptionalInt most, Map<String, Integer> counts) {
    if (most.isEmpty()) {
      return Optional.empty();
    }
    String limit = "account".equals(what) ? "maxPerAccount" : "maxPerRegion";
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > most.getAsInt())
        .max(Comparator.comparing(Map.Entry::getValue))
        .map(
            worst ->
                worst.getValue()
                    + " resources were selected in "
                    + worst.getKey()
                    + ", and "
                    + limit
                    + " is "
                    + most.getAsInt());
  }

  private Optional<String> shrunk() {
    if (before.isEmpty() || !guards.shrunk(before.getAsInt(), total())) {
      return Optional.empty();
    }
    return Optional.of(
        "only "
            + total()
            + " resources were selected, where the last run that went ahead had "
            + before.getAsInt()
            + ", and maxShrink is "
            + guards.maxShrink().getAsInt()
            + "%; if that is meant, run the task once without it");
  }
}
