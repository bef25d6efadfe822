package io.opsautomator.testkit.internal;

import io.opsautomator.resource.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The world as text, so that equal texts are equal worlds. A made-up id is replaced by what it
 * stands for, such as {@code snapshot-of-vol-1}, also inside of tags and descriptions; times are
 * left out. Lines are sorted.
 */
final class Picture {
  private static final Pattern ID = Pattern.compile("(?:i|vol|snap)-0[0-9a-f]{16}");
  private final World world;
  private final Instant now;
  private final Map<String, String> names = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  Picture(World world, Instant now) {
    this.world = world;
    this.now = now;
  }

  String text() {
    world.scopes().forEach(this::name);
    world.scopes().forEach(this::draw);
    lines.sort(null);
    return String.join("\n", lines);
  }

  private void name(Scope scope) {
    for (SimulatedInstance it : world.all(SimulatedInstance.class, scope, now)) {
      nameIf(it, "instance-of-type-" + it.type());
    }
    for (SimulatedVolume it : world.all(SimulatedVolume.class, scope, now)) {
      String host = it.attachment().instance();
      nameIf(it, "volume-of-" + names.getOrDefault(host, host) + it.attachment().device());
    }
    for (SimulatedSnapshot it : world.all(SimulatedSnapshot.class, scope, now)) {
      nameIf(it, "snapshot-of-" + names.getOrDefault(it.volumeId(), it.volumeId()));
    }
  }

  private void nameIf(Simulated thing, String name) {
    if (thing.origin().generated()) {
      names.put(thing.id(), name);
    }
  }

  private void draw(Scope scope) {
    for (SimulatedInstance it : world.all(SimulatedInstance.class, scope, now)) {
      line(scope, it.id(), it.type() + " " + it.state(now) + " " + it.volumes());
    }
    for (SimulatedVolume it : world.all(SimulatedVolume.class, scope, now)) {
      line(scope, it.id(), it.gibibytes() + "GiB " + it.type() + " " + it.state());
    }
    for (SimulatedSnapshot it : world.all(SimulatedSnapshot.class, scope, now)) {
      line(
          scope,
          it.id(),
          it.volumeId()
              + " "
              + it.gibibytes()
              + "GiB "
              + it.state(now)
              + " shared with "
              + it.sharedWith()
              + " '"
              + it.description()
              + "'");
    }
    for (SimulatedImage it : world.all(SimulatedImage.class, scope, now)) {
      line(scope, it.id(), it.snapshots().toString());
    }
    drawForeignTags(scope);
  }

  private void drawForeignTags(Scope scope) {
    for (String id : world.tagged(scope)) {
      world
          .snapshot(scope, id)
          .filter(it -> !it.origin().scope().equals(scope))
          .ifPresent(it -> line(scope, id, "of " + it.origin().scope().key()));
    }
  }

  private void line(Scope scope, String id, String text) {
    lines.add(canonical(scope.key() + " " + id + ": " + text + " " + world.tags(scope, id)));
  }

  private String canonical(String text) {
    return ID.matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), found.group())));
  }
}
