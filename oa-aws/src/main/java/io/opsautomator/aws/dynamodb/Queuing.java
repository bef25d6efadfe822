package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Gate;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where those who queue at a gate go: who is older than somebody in the window goes into it, and
 * everybody while nobody waits on a page; whom the window has no room for goes onto pages.
 *
 * @param window as it shall be
 * @param pages who goes onto pages, of those who queue
 * @param displaced who goes from the window onto pages, since those who queue are older
 * @param more whether anybody waits on a page then
 */
record Queuing(List<Waiting> window, List<Waiting> pages, List<Waiting> displaced, boolean more) {

  static Queuing exact(GateImage image, List<Waiting> fresh) {
    List<Waiting> window = image.window();
    Predicate<Waiting> within = each -> !image.more() || older(each, window);
    List<Waiting> merged = GateImage.merged(window, those(fresh, within));
    int room = Math.min(GateQueue.PAGE, merged.size());
    List<Waiting> over = merged.subList(room, merged.size());
    Predicate<Waiting> known = Set.copyOf(window)::contains;
    List<Waiting> pages =
        GateImage.merged(those(over, known.negate()), those(fresh, within.negate()));
    boolean more = image.more() || !over.isEmpty() || !pages.isEmpty();
    return new Queuing(merged.subList(0, room), pages, those(over, known), more);
  }

  private static List<Waiting> those(List<Waiting> some, Predicate<Waiting> which) {
    return some.stream().filter(which).toList();
  }

  private static boolean older(Waiting one, List<Waiting> window) {
    return !window.isEmpty() && !one.behind(window.get(window.size() - 1));
  }

  /** All behind the window, whoever is in it now. */
  static Queuing behind(GateImage image, List<Waiting> fresh) {
    return new Queuing(image.window(), fresh, List.of(), image.more() || !fresh.isEmpty());
  }

  /**
   * The gate then.
   *
   * @param paged whether somebody has been put onto a page before
   */
  GateImage image(GateImage was, Gate limited, boolean paged) {
    return new GateImage(limited, was.window(), was.more(), was.writers())
        .queuing(window, more || paged);
  }
}
