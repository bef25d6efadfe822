package io.opsautomator.cli;

import io.opsautomator.OpsAutomatorException;
import io.opsautomator.plan.Verdict;
import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Resource;
import io.opsautomator.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What tasks select and leave out, for people and for programs. What is printed of each resource is
 * printed as it comes; kept are counts, and a few resources for each of a few reasons.
 */
final class ExplainText {
  private static final int SHOWN = 10;
  private static final int REASONS = 50;
  private static final String OTHERS = "was left out for other reasons";

  private final Surroundings world;
  private final boolean all;
  private final boolean json;
  private final Style style;

  ExplainText(Surroundings world, boolean all, boolean json) {
    this.world = world;
    this.all = all;
    this.json = json;
    this.style = world.style();
  }

  /** Those with one reason. */
  private static final class Group {
    private final Optional<Exclusion.Kind> kind;
    private final List<String> first = new ArrayList<>();
    private long count;

    Group(Optional<Exclusion.Kind> kind) {
      this.kind = kind;
    }
  }

  /** What is known of one task so far. */
  private static final class Seen {
    private final Group selected = new Group(Optional.empty());
    private final Map<String, Group> leftOut = new LinkedHashMap<>();
    private final List<Verdict.Unreadable> unreadable = new ArrayList<>();
    private int read;

    Group group(Exclusion why) {
      String words = leftOut.size() < REASONS ? why.words() : OTHERS;
      Group known = leftOut.get(why.words());
      return known != null
          ? known
          : leftOut.computeIfAbsent(words, w -> new Group(Optional.of(why.kind())));
    }

    long listed() {
      return selected.count + leftOut.values().stream().mapToLong(g -> g.count).sum();
    }
  }

  /**
   * @return the exit status
   */
  int explain(List<Task> tasks, Function<Task, Stream<Verdict>> verdicts) {
    int status = Failure.OK;
    String before = "[";
    for (Task task : tasks) {
      world.out().print(json ? before + "\n" : "");
      before = ",";
      Seen seen = new Seen();
      if (json) {
        world.out().println("{\"task\":" + Json.line(task.name().value()) + ",\"resources\":[");
      }
      boolean good = read(task, seen, verdicts);
      status = good ? status : Failure.FAILED;
      if (json) {
        end(seen);
      } else {
        summary(task, seen);
      }
    }
    world.out().print(json ? "]\n" : "");
    world.out().flush();
    return status;
  }

  private boolean read(Task task, Seen seen, Function<Task, Stream<Verdict>> verdicts) {
    try (Stream<Verdict> some = verdicts.apply(task)) {
      some.forEach(verdict -> take(seen, verdict));
      return seen.unreadable.isEmpty();
    } catch (OpsAutomatorException e) {
      String why = Explanation.of(e).message();
      world.err().println(world.errorStyle().bad(task.name().value() + ": ") + why);
      return false;
    }
  }

  private void take(Seen seen, Verdict verdict) {
    if (verdict instanceof Verdict.Selected selected) {
      print(seen, selected.resource(), Optional.empty());
      count(seen.selected, selected.resource(), "");
    } else if (verdict instanceof Verdict.LeftOut out) {
      print(seen, out.resource(), Optional.of(out.why()));
      count(seen.group(out.why()), out.resource(), out.why().seen());
    } else if (verdict instanceof Verdict.Unreadable unreadable) {
      seen.unreadable.add(unreadable);
    } else {
      seen.read++;
    }
  }

  private static void count(Group group, Resource<?> resource, String detail) {
    if (group.count++ < SHOWN) {
      String more = detail.isEmpty() ? "" : "  (" + Told.line(detail) + ")";
      group.first.add(place(resource) + more);
    }
  }

  private static String place(Resource<?> resource) {
    return Told.line(resource.id()) + "  " + resource.scope().key();
  }

  // -- One by one ---------------------------------------------------------------------------------

  private void print(Seen seen, Resource<?> resource, Optional<Exclusion> why) {
    if (json) {
      String comma = seen.listed() == 0 ? "" : ",";
      world.out().println(comma + Json.line(asJson(resource, why)));
    } else if (all) {
      String verdict = why.map(w -> "left out: " + Told.line(w.toString())).orElse("selected");
      world.out().println("  " + place(resource) + "  " + verdict);
    }
  }

  static Map<String, Object> asJson(Resource<?> resource, Optional<Exclusion> why) {
    return Json.object(
        "id", resource.id(),
        "account", resource.scope().account().value(),
        "region", resource.scope().region().value(),
        "selected", why.isEmpty(),
        "kind", why.map(w -> Style.word(w.kind())),
        "why", why.map(Exclusion::words),
        "seen", why.map(Exclusion::seen).filter(text -> !text.isEmpty()));
  }

  private void end(Seen seen) {
    Map<String, Object> counts =
        Json.object(
            "listed", seen.listed(),
            "selected", seen.selected.count,
            "complete", seen.unreadable.isEmpty(),
            "leftOut", seen.leftOut.entrySet().stream().map(ExplainText::asJson).toList(),
            "notListed", seen.unreadable.stream().map(ExplainText::asJson).toList());
    world.out().println("]," + Json.line(counts).substring(1));
  }

  private static Map<String, Object> asJson(Map.Entry<String, Group> entry) {
    Group group = entry.getValue();
    return Json.object(
        "kind", group.kind.map(Style::word), "why", entry.getKey(), "count", group.count);
  }

  static Map<String, Object> asJson(Verdict.Unreadable unreadable) {
    return Json.object("scope", unreadable.scope().key(), "why", unreadable.why());
  }

  // -- Together -----------------------------------------------------------------------------------

  private void summary(Task task, Seen seen) {
    int slices = seen.read + seen.unreadable.size();
    world
        .out()
        .println(
            style.bold(task.name().value())
                + ": "
                + seen.selected.count
                + " of "
                + TaskSource.counted(seen.listed(), "resource")
                + " selected; listing "
                + (seen.unreadable.isEmpty() ? "complete" : style.bad("incomplete"))
                + " ("
                + seen.read
                + " of "
                + slices
                + " slices)");
    seen.unreadable.forEach(
        bad ->
            world
                .out()
                .println(
                    "  "
                        + style.bad("problem: ")
                        + bad.scope().key()
                        + " was not listed: "
                        + Told.line(bad.why())));
    groups(seen);
    world.out().println();
  }

  private void groups(Seen seen) {
    if (seen.selected.count > 0) {
      group(style.good(seen.selected.count + " selected"), seen.selected);
    }
    seen.leftOut.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue().count, a.getValue().count))
        .forEach(
            entry -> {
              String words = Told.line(entry.getKey());
              group(Exclusion.counted(entry.getValue().count, words), entry.getValue());
            });
  }

  private void group(String head, Group group) {
    world.out().println("  " + head);
    if (all) {
      return;
    }
    group.first.forEach(line -> world.out().println("    " + style.dim(line)));
    if (group.count > group.first.size()) {
      long more = group.count - group.first.size();
      world.out().println("    and " + more + " more; --all shows them");
    }
  }
}
