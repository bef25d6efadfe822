package io.opsautomator.testkit.simulation;

import static java.util.Objects.requireNonNull;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Completion;
import io.opsautomator.action.Effects;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.Result;
import io.opsautomator.dispatch.ConcurrencyKey;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Unit;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The actions of simulated worlds: one for each kind of effect, and one that has them all. */
final class ThingActions {
  private static final Map<String, ActionMetadata<Params>> METADATA = metadata();

  private ThingActions() {}

  /** What an action does to each of its things. */
  enum Body {
    SET,
    TOKEN,
    MARK,
    ONCE,
    SEVERAL
  }

  /** What actions are told by a task. */
  record Params(
      @Param(label = "Limit", description = "At once", min = 0) int limit,
      @Param(label = "Key", description = "Who shares it") String key) {
    static final Params DEFAULTS = new Params(0, "");
  }

  /**
   * One of the actions there are.
   *
   * @param sealed whether nothing starts before everything is listed
   * @param keyed whether it names the key of its limit itself
   */
  record Choice(Body body, Aggregation aggregation, boolean sealed, boolean keyed) {
    String name() {
      String text = body.name() + "_" + aggregation + (sealed ? "_sealed" : "");
      StringBuilder camel = new StringBuilder(keyed ? "Keyed" : "");
      for (String word : text.split("_")) {
        camel.append(word.substring(0, 1)).append(word.substring(1).toLowerCase(Locale.ROOT));
      }
      return camel.toString();
    }
  }

  private static Map<String, ActionMetadata<Params>> metadata() {
    Map<String, ActionMetadata<Params>> all = new HashMap<>();
    for (Body body : Body.values()) {
      for (Aggregation aggregation : Aggregation.values()) {
        for (int bits = 0; bits < 4; bits++) {
          Choice choice = new Choice(body, aggregation, (bits & 1) > 0, (bits & 2) > 0);
          all.put(choice.name(), metadata(choice));
        }
      }
    }
    return all;
  }

  private static ActionMetadata<Params> metadata(Choice choice) {
    ActionMetadata.Builder<Params> builder =
        ActionMetadata.of(choice.name(), Params.DEFAULTS)
            .titled(choice.name(), "Simulated")
            .version("1.0", "5a3f9f2e-6c0b-4c7e-9d5d-0a5b1f7f3c11")
            .selects(Thing.TYPE, choice.aggregation())
            .limits(Duration.ofHours(1), Duration.ZERO, 0);
    return (choice.sealed() ? builder.destructive() : builder).build();
  }

  static Action<Params> action(Choice choice, Cloud cloud, Conductor conductor) {
    Plain plain = new Plain(choice, requireNonNull(METADATA.get(choice.name())), cloud, conductor);
    return choice.keyed() ? new Keyed(plain) : plain;
  }

  private record Keyed(Plain plain) implements Action.Keyed<Params> {
    @Override
    public ActionMetadata<Params> metadata() {
      return plain.metadata();
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      return plain.execute(context);
    }

    @Override
    public ActionMetadata.Limits limits(Params parameters) {
      return plain.limits(parameters);
    }

    @Override
    public ConcurrencyKey concurrencyKey(Unit unit, Params parameters) {
      return new ConcurrencyKey(
          parameters.key().equals("region")
              ? unit.scope().region().value()
              : "shared" + parameters.key());
    }
  }

  private record Plain(
      Choice choice, ActionMetadata<Params> metadata, Cloud cloud, Conductor conductor)
      implements Action<Params> {

    @Override
    public ActionMetadata.Limits limits(Params parameters) {
      return new ActionMetadata.Limits(Duration.ofHours(1), Duration.ZERO, parameters.limit());
    }

    @Override
    public Outcome execute(ActionContext<Params> context) {
      Map<String, Evidence> evidence = new LinkedHashMap<>();
      for (Resource<Thing> thing : context.resources(Thing.TYPE)) {
        new Call(cloud, conductor, context, thing.id()).perform(choice.body(), evidence);
      }
      return Outcome.of(evidence);
    }
  }

  /** What is done to one thing. */
  private record Call(
      Cloud cloud, Conductor conductor, ActionContext<Params> context, String thing) {

    void perform(Body body, Map<String, Evidence> evidence) {
      Effects effects = context.effects();
      switch (body) {
        case SET -> set(effects, "set", "on").undo(() -> cloud.set(target("unset", ""), "off"));
        case TOKEN -> token(effects);
        case MARK -> mark(effects);
        case ONCE -> once(effects);
        case SEVERAL -> several(effects);
      }
      evidence.put(thing, Evidence.confirmed("done"));
    }

    private Result<String> set(Effects effects, String step, String value) {
      return effects.idempotent(
          named(step), String.class, () -> cloud.set(target(step, ""), value));
    }

    private void token(Effects effects) {
      effects.withToken(
          named("copy"), String.class, token -> cloud.copyOncePerToken(target("copy", token)));
    }

    private void mark(Effects effects) {
      effects
          .probed(
              named("copy"),
              String.class,
              token -> cloud.find(target("copy", token)),
              token -> cloud.copyMarked(target("copy", token)))
          .undo((copy, back) -> set(back, "drop", "off"));
    }

    private void once(Effects effects) {
      effects.atMostOnce(
          named("copy"), String.class, () -> cloud.copyAtMostOnce(target("copy", "")));
    }

    /** Looks, acts, waits, tries one thing and then another. */
    private void several(Effects effects) {
      String before =
          effects.fact(named("setting"), String.class, () -> cloud.setting(target("setting", "")));
      if (!before.equals("on")) {
        set(effects, "on", "on").undo(() -> cloud.set(target("back", ""), before));
      }
      effects.await(
          Completion.when(named("settled"), waited -> cloud.settled(target("settled", "")))
              .every(Duration.ofSeconds(15), Duration.ofMinutes(2))
              .within(Duration.ofMinutes(30)));
      mark(effects);
      effects.firstAccepted(
          named("size"),
          List.of("large", "small"),
          refused -> refused.is("OutOfStock"),
          size -> set(effects, size, size));
    }

    private String named(String step) {
      return step + " " + thing;
    }

    private Cloud.Target target(String step, String token) {
      Fiber fiber = conductor.current();
      long epoch = fiber == null ? 0 : fiber.epoch(context.execution());
      return new Cloud.Target(
          new CloudCall.By(context.execution(), epoch, named(step)),
          thing,
          token,
          context.mayMutate());
    }
  }
}
