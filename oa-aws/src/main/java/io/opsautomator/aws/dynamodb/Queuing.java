package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Gate;
import java.util.List;

/**
 * Where those who queue at a gate go: who is older than somebody in the window goes into it, and
 * everybody while nobody waits on a page; whom the window has no room for goes onto pages.
 *
 * @param window as it shall be
 * @param pages who goes onto pages
 * @param more whether anybody waits on a page then
 */
record Queuing(List<Waiting> window, List<Waiting> pages, boolean more) {

  static Queuing exact(GateImage image, List<Waiting> fresh) {
    List<Waiting> window = image.window();
    boolean all = !image.more();
    List<Waiting> within =
        fresh.stream()
            .filter(each -> all || !window.isEmpty() && !each.behind(window.get(window.size() - 1)))
            .toList();
    List<Waiting> behind = fresh.stream().filter(each -> !within.contains(each)).toList();
    List<Waiting> merged = GateImage.merged(window, within);
    int room = Math.min(GateQueue.PAGE, merged.size());
    List<Waiting> pages = GateImage.merged(merged.subList(room, merged.size()), behind);
    return new Queuing(merged.subList(0, room), pages, image.more() || !pages.isEmpty());
  }

  /** All behind the window, whoever is in it now. */
  static Queuing behind(GateImage image, List<Waiting> fresh) {
    return new Queuing(image.window(), fresh, image.more() || !fresh.isEmpty());
  }

  GateImage image(GateImage was, Gate limited) {
    return new GateImage(limited, was.window(), was.more(), was.writers()).queuing(window, more);
  }

  /** Whether it is enough to say that there is more, whatever else has changed meanwhile. */
  boolean signals(GateImage was, Gate limited) {
    return !pages.isEmpty()
        && window.equals(was.window())
        && limited.limit() == was.gate().limit()
        && limited.revision() == was.gate().revision();
  }
}
