package io.opsautomator.resource.internal;

import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Turns a tree into closures over columns of tags: a condition is asked once of each distinct value
 * here, and is an array of answers afterwards. Operands are tested as {@link Compiler} does.
 */
public final class ColumnCompiler {
  private final List<Column> columns;

  /** All rows' values of one tag. */
  public static final class Column {
    private final String name;
    private final int[] numbers;
    private final Map<String, Integer> values = new LinkedHashMap<>();

    public Column(String name, int rows) {
      this.name = name;
      this.numbers = new int[rows];
    }

    /** By row the number of the value, from 1 on; 0 where the tag is missing. */
    public void put(int row, String value) {
      numbers[row] = values.computeIfAbsent(value, key -> values.size() + 1);
    }
  }

  /** What a condition says of a row by the number of its value. */
  private static final class Answers {
    private final int[] numbers;
    private final boolean[] byNumber;

    Answers(int[] numbers, boolean[] byNumber) {
      this.numbers = numbers;
      this.byNumber = byNumber;
    }

    boolean of(int row) {
      return byNumber[numbers[row]];
    }
  }

  public ColumnCompiler(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  public IntPredicate compile(Expression tree) {
    if (tree instanceof Condition condition) {
      return condition(condition);
    }
    if (tree instanceof Chain chain) {
      return chain(chain);
    }
    if (tree instanceof Expression.Not not) {
      return compile(not.operand()).negate();
    }
    return row -> true;
  }

  /** Plain, some tag has to pass; negated, every one: then a missing tag does. */
  private IntPredicate condition(Condition condition) {
    boolean missing = condition.negated();
    List<Answers> that = new ArrayList<>();
    for (Column column : columns) {
      boolean[] byNumber = new boolean[column.values.size() + 1];
      byNumber[0] = missing;
      boolean decides = false;
      for (Map.Entry<String, Integer> value : column.values.entrySet()) {
        boolean holds = condition.holdsFor(column.name, value.getKey());
        byNumber[value.getValue()] = holds;
        decides |= holds != missing;
      }
      if (decides) {
        that.add(new Answers(column.numbers, byNumber));
      }
    }
    return that.size() == 1 ? that.get(0)::of : any(that.toArray(Answers[]::new), missing);
  }

  /** The first column that does not say what a missing tag would say decides. */
  private static IntPredicate any(Answers[] that, boolean missing) {
    return row -> {
      for (Answers answers : that) {
        if (answers.of(row) != missing) {
          return !missing;
        }
      }
      return missing;
    };
  }

  private IntPredicate chain(Chain chain) {
    IntPredicate first = compile(chain.first());
    List<Link> rest = chain.rest();
    IntPredicate[] operands =
        rest.stream().map(link -> compile(link.operand())).toArray(IntPredicate[]::new);
    boolean[] and = new boolean[operands.length];
    for (int i = 0; i < and.length; i++) {
      and[i] = rest.get(i).operator() == Operator.AND;
    }
    return row -> {
      boolean result = first.test(row);
      for (int i = 0; i < operands.length; i++) {
        if (result == and[i]) {
          result = operands[i].test(row);
        }
      }
      return result;
    };
  }
}
