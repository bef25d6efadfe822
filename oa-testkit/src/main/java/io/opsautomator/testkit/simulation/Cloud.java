package io.opsautomator.testkit.simulation;

import io.opsautomator.action.RefusedException;
import io.opsautomator.testkit.simulation.CloudCall.Answer;
import io.opsautomator.testkit.simulation.CloudCall.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cloud as small as it can be: things that are switched on or off and from which copies are made.
 * Calls are turned away, fail, lose their answers and take a while; every one that arrives is in
 * the ledger.
 *
 * <p>What is promised: a call that has happened is seen by probes at once, and by reads within the
 * staleness of the world; tokens are remembered for ever. So an action's probe may rely on what it
 * does not find, as the protocol demands of it; a fact may be out of date, as facts may.
 */
final class Cloud {
  private static final Fault[] READS = {Fault.CALL_THROTTLED, Fault.CALL_FAILED};
  private static final Fault[] WRITES = {
    Fault.CALL_THROTTLED, Fault.CALL_FAILED, Fault.CALL_ANSWER_LOST
  };
  private static final double SLOW = 0.04;
  private static final double LONG = 0.03;
  private static final double STORMY = 0.8;

  private final Conductor conductor;
  private final Weather weather;
  private final Chance chance;
  private final Seams seams;
  private final Notes notes;
  private final long staleness;
  private final Map<String, State> things = new HashMap<>();
  private final List<CloudCall> calls = new ArrayList<>();
  private long stormUntil;
  private int made;

  /** What keeps the record of a world. */
  interface Notes {
    Moment moment();

    void called(CloudCall call);

    void erred(Fault fault, String detail);
  }

  /** One thing. */
  private static final class State {
    private String setting = "off";
    private String settingBefore = "off";
    private long changedAt = Long.MIN_VALUE / 2;
    private long settledAt;
    private boolean refusesLarge;
    private boolean broken;
    private final Map<String, String> copies = new HashMap<>();
  }

  /**
   * What one call is about.
   *
   * @param token empty where there is none
   * @param mayChange whether the engine has said that this is an effect
   */
  record Target(CloudCall.By by, String thing, String token, boolean mayChange) {}

  /** What a service answers, and whether it did something for it. */
  private record Said<T>(T value, Answer answer) {}

  Cloud(
      Conductor conductor,
      Weather weather,
      Chance chance,
      Seams seams,
      Notes notes,
      long staleness) {
    this.conductor = conductor;
    this.weather = weather;
    this.chance = chance;
    this.seams = seams;
    this.notes = notes;
    this.staleness = staleness;
  }

  /**
   * @param broken whether it cannot be worked on until it is mended
   */
  void add(String thing, boolean refusesLarge, boolean broken) {
    State state = new State();
    state.broken = broken;
    state.refusesLarge = refusesLarge;
    things.put(thing, state);
  }

  /** Somebody mends all there is. */
  void mend() {
    things.values().forEach(thing -> thing.broken = false);
  }

  List<CloudCall> calls() {
    return Collections.unmodifiableList(calls);
  }

  /** Everybody is turned away, mostly, until then. */
  void storm(long until) {
    stormUntil = until;
  }

  // -- The services -------------------------------------------------------------------------------

  /** On or off, or as it was a moment ago. */
  String setting(Target target) {
    return call(
        target,
        Verb.READ,
        thing -> {
          if (stale(thing.changedAt)) {
            return new Said<>(thing.settingBefore, Answer.DONE);
          }
          return new Said<>(thing.setting, Answer.DONE);
        });
  }

  /** Whether what was set has come about. */
  boolean settled(Target target) {
    return call(
        target,
        Verb.READ,
        thing ->
            new Said<>(thing.settledAt <= conductor.now() && !stale(thing.settledAt), Answer.DONE));
  }

  private boolean stale(long since) {
    if (since + staleness <= conductor.now() || !weather.strikes(Fault.STALE_READ)) {
      return false;
    }
    notes.erred(Fault.STALE_READ, "");
    return true;
  }

  String set(Target target, String value) {
    return call(
        target,
        Verb.SET,
        thing -> {
          if (value.equals("large") && thing.refusesLarge) {
            throw new RefusedException("OutOfStock", "there is none as large");
          }
          thing.settingBefore = thing.setting;
          thing.setting = value;
          thing.changedAt = conductor.now();
          thing.settledAt =
              conductor.now() + chance.between(0L, chance.in(LONG) ? 900_000L : 90_000L);
          return new Said<>(value, Answer.DONE);
        });
  }

  /** Makes a copy; asked again with the same token, answers with the one it made. */
  String copyOncePerToken(Target target) {
    return call(
        target,
        Verb.CREATE_ONCE_PER_TOKEN,
        thing -> {
          @Nullable String known = thing.copies.get(target.token());
          return known == null
              ? new Said<>(copy(thing, target), Answer.DONE)
              : new Said<>(known, Answer.KNOWN);
        });
  }

  /** Makes one more copy, marked with the token. */
  String copyMarked(Target target) {
    return call(target, Verb.CREATE_MARKED, thing -> new Said<>(copy(thing, target), Answer.DONE));
  }

  /** Makes one more copy, and nobody could tell afterwards who did. */
  String copyAtMostOnce(Target target) {
    return call(target, Verb.AT_MOST_ONCE, thing -> new Said<>(copy(thing, target), Answer.DONE));
  }

  private String copy(State thing, Target target) {
    String id = "c-" + ++made;
    thing.copies.put(target.token().isEmpty() ? id : target.token(), id);
    return id;
  }

  Optional<String> find(Target target) {
    return call(
        target,
        Verb.PROBE,
        thing -> new Said<>(Optional.ofNullable(thing.copies.get(target.token())), Answer.DONE));
  }

  // -- Calls --------------------------------------------------------------------------------------

  private <T> T call(Target target, Verb verb, Function<State, Said<T>> service) {
    Fiber caller = running();
    Instant begun = Instant.ofEpochMilli(conductor.now());
    String what = "cloud." + verb;
    seams.before(caller.node, what);
    if (chance.in(SLOW)) {
      conductor.sleep(chance.between(20L, 4_000L));
    }
    if (verb.changes() && !target.mayChange()) {
      throw new Violation("R13", target.by().step() + " changes things outside of any effect");
    }
    @Nullable Fault fault = weather.strike(verb.changes() ? WRITES : READS);
    if (fault != null) {
      notes.erred(fault, what + " " + target.thing());
    }
    boolean stormy = conductor.now() < stormUntil && chance.in(STORMY) && !weather.calm();
    if (stormy || fault == Fault.CALL_THROTTLED) {
      told(target, verb, begun, Answer.THROTTLED);
      throw Unreliable.throttled();
    }
    if (fault == Fault.CALL_FAILED) {
      told(target, verb, begun, Answer.FAILED);
      throw Unreliable.noAnswer("no answer");
    }
    T value = served(target, verb, begun, service, fault == Fault.CALL_ANSWER_LOST);
    seams.after(caller.node, what);
    return value;
  }

  private <T> T served(
      Target target, Verb verb, Instant begun, Function<State, Said<T>> service, boolean lost) {
    Said<T> said;
    try {
      said = serve(target, verb, service);
    } catch (RefusedException e) {
      told(target, verb, begun, Answer.REFUSED);
      throw e;
    }
    boolean nothingNew = said.answer() == Answer.KNOWN;
    told(target, verb, begun, lost && !nothingNew ? Answer.LOST : said.answer());
    if (lost) {
      throw Unreliable.noAnswer("no answer");
    }
    return said.value();
  }

  private <T> Said<T> serve(Target target, Verb verb, Function<State, Said<T>> service) {
    State thing = state(target.thing());
    if (thing.broken && verb.changes()) {
      throw new RefusedException("Broken", target.thing() + " cannot be worked on");
    }
    return service.apply(thing);
  }

  private Fiber running() {
    @Nullable Fiber fiber = conductor.current();
    if (fiber == null) {
      throw new IllegalStateException("a call to the cloud outside of any worker");
    }
    return fiber;
  }

  private State state(String thing) {
    @Nullable State state = things.get(thing);
    if (state == null) {
      throw new IllegalStateException("there is no " + thing);
    }
    return state;
  }

  private void told(Target target, Verb verb, Instant begun, Answer answer) {
    CloudCall call =
        new CloudCall(
            notes.moment(), begun, target.by(), verb, target.thing(), target.token(), answer);
    calls.add(call);
    notes.called(call);
  }
}
