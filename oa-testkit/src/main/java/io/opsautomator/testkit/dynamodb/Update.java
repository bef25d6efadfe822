package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An update expression, parsed. */
record Update(List<Assignment> sets, List<Path> removes, List<Member> adds, List<Member> deletes) {
  static final Update NOTHING = new Update(List.of(), List.of(), List.of(), List.of());

  Update {
    sets = List.copyOf(sets);
    removes = List.copyOf(removes);
    adds = List.copyOf(adds);
    deletes = List.copyOf(deletes);
  }

  record Assignment(Path path, Operand value) {}

  /** What is added to a number or a set, or taken from a set. */
  record Member(Path path, AttributeValue value) {}

  /** All that it touches. */
  List<Path> paths() {
    List<Path> all = new ArrayList<>(removes);
    sets.forEach(set -> all.add(set.path()));
    adds.forEach(add -> all.add(add.path()));
    deletes.forEach(delete -> all.add(delete.path()));
    return all;
  }
}
