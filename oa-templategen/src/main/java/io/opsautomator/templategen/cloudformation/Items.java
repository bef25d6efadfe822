package io.opsautomator.templategen.cloudformation;

import java.util.List;

/** Values in a row. */
record Items(List<Value> values) implements Value {
  Items {
    values = List.copyOf(values);
  }
}
