package io.opsautomator.testkit.simulation;

import io.opsautomator.action.Invocation;
import io.opsautomator.action.RefusedException;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists things, page by page; pages fail, tokens expire, and some listings are refused. */
final class ThingSelector implements ResourceSelector<Thing> {
  private static final Fault[] FAULTS = {
    Fault.LISTING_FAILED, Fault.LISTING_REFUSED, Fault.CALL_THROTTLED
  };

  private final Map<Scope, Integer> sizes;
  private final int page;
  private final Conductor conductor;
  private final Seams seams;
  private final Weather weather;
  private final Chronicler notes;

  /**
   * @param sizes how many things there are, by account and region
   * @param page how many of them a page shows
   */
  ThingSelector(
      Map<Scope, Integer> sizes,
      int page,
      Conductor conductor,
      Seams seams,
      Weather weather,
      Chronicler notes) {
    this.sizes = sizes;
    this.page = page;
    this.conductor = conductor;
    this.seams = seams;
    this.weather = weather;
    this.notes = notes;
  }

  static String id(Scope scope, int number) {
    return "t-" + scope.account().value().charAt(0) + "-" + scope.region().value() + "-" + number;
  }

  @Override
  public ResourceType<Thing> type() {
    return Thing.TYPE;
  }

  @Override
  public Listing<Thing> list(Invocation caller, Query query, Optional<String> token) {
    @Nullable Fiber fiber = conductor.current();
    if (fiber == null) {
      throw new IllegalStateException("a listing outside of any worker");
    }
    seams.before(fiber.node, "cloud.LIST");
    fail(caller, token);
    Listing<Thing> listing = page(caller.scope(), token.map(Integer::parseInt).orElse(0));
    notes.listed(
        new CloudListing(notes.moment(), caller.scope(), token, keys(listing), listing.next()));
    seams.after(fiber.node, "cloud.LIST");
    return listing;
  }

  private static List<String> keys(Listing<Thing> listing) {
    return listing.resources().stream()
        .map(thing -> thing.scope().key() + "/" + thing.id())
        .toList();
  }

  private void fail(Invocation caller, Optional<String> token) {
    if (token.isPresent() && weather.strikes(Fault.LISTING_TOKEN_EXPIRED)) {
      notes.erred(Fault.LISTING_TOKEN_EXPIRED, caller.scope().key());
      throw new RefusedException("ExpiredToken", "the token has expired");
    }
    @Nullable Fault fault = weather.strike(FAULTS);
    if (fault == null) {
      return;
    }
    notes.erred(fault, "cloud.LIST " + caller.scope().key());
    if (fault == Fault.LISTING_REFUSED) {
      throw new RefusedException("AccessDenied", "not to be listed by you");
    }
    throw fault == Fault.CALL_THROTTLED
        ? Unreliable.throttled()
        : Unreliable.noAnswer("the page was cut short");
  }

  private Listing<Thing> page(Scope scope, int from) {
    int size = sizes.getOrDefault(scope, 0);
    int to = Math.min(size, from + page);
    List<Resource<Thing>> found = new ArrayList<>();
    for (int number = from; number < to; number++) {
      String id = id(scope, number);
      found.add(new Resource<>(Thing.TYPE, id, scope, Limits.tags(id, number), new Thing(number)));
    }
    return new Listing<>(found, to < size ? Optional.of("" + to) : Optional.empty());
  }
}
