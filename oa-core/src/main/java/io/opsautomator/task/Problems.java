package io.opsautomator.task;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.task.TaskFile.Problem;
import io.opsautomator.task.internal.SourceException;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Place;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file, and keeps it in the file's order. */
final class Problems {
  /** Nobody reads more, and a short file can have millions of them. */
  private static final int MOST = 200;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /** A file that cannot be read any further. */
  static Problem broken(String file, SourceException e) {
    return new Problem(file, e.line(), e.column(), "ERR_FILE", "", e.problem());
  }

  void wrong(String code, Place place, String field, String message) {
    if (problems.size() < MOST) {
      problems.add(new Problem(file, place.line(), place.column(), code, field, message));
    } else if (problems.size() == MOST) {
      String more = "has more problems than the " + MOST + " told here";
      problems.add(new Problem(file, place.line(), place.column(), "ERR_FILE", "", more));
    }
  }

  /** Points at the fault itself where the expression stands literally in the file. */
  void wrong(String code, SourceNode node, String field, InvalidExpressionException fault) {
    Place place = node.place();
    if (node instanceof Scalar s && s.textColumn() > 0 && s.text().equals(fault.expression())) {
      place = new Place(place.line(), s.textColumn() + fault.column());
    }
    wrong(code, place, field, fault.getMessage() + "");
  }

  void warn(Place place, String field, String message) {
    if (warnings.size() < MOST) {
      warnings.add(new Problem(file, place.line(), place.column(), "WARN_TASK", field, message));
    }
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }
}
