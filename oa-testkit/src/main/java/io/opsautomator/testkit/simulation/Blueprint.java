package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Scope;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.After;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What there is in the world of a seed, before anything happens. Immutable. */
final class Blueprint {
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final String HOME = "111111111111";
  private static final String OTHER = "222222222222";
  private static final List<String> REGIONS = List.of("eu-west-1", "us-east-1", "ap-south-1");

  /** Processes at a time. */
  final int nodes;

  /** Of each process. */
  final int workers;

  /** How many things there are, by account and region. */
  final Map<Scope, Integer> sizes = new LinkedHashMap<>();

  /** How many things a page shows. */
  final int page;

  final List<ThingActions.Choice> actions = new ArrayList<>();
  final List<Task> tasks = new ArrayList<>();

  /** Or else each process has a queue of its own, which dies with it. */
  final boolean sharedQueue;

  /** Whether checks carry images. */
  final boolean images;

  /** For how many milliseconds a delivered message is. */
  final long invisible;

  /** How likely another worker goes on at a seam. */
  final double switching;

  /** By how many milliseconds clocks are off at most. */
  final long skew;

  /** For how many milliseconds reads of the cloud may miss what happened. */
  final long staleness;

  /** For how long things go wrong. */
  final Duration trouble;

  /** How often operators do something. */
  final int operations;

  /** What no task may do. */
  final Safeguards safeguards;

  /** How likely a thing cannot be worked on until somebody has mended it. */
  final double broken;

  /** The dice for all that happens later. */
  final Chance chance;

  private final List<Recipe> recipes = new ArrayList<>();
  private final int regions;
  private final boolean accounts;

  Blueprint(long seed, Reduction less) {
    Chance dice = Chance.of(seed);
    this.chance = dice.split();
    this.nodes = Math.min(less.nodes(), dice.between(3, 4));
    this.workers = dice.between(2, 4);
    this.page = dice.between(1, 5);
    this.sharedQueue = dice.in(0.8);
    this.images = dice.in(0.8);
    this.invisible = dice.oneOf(310_000L, 310_000L, 310_000L, 60_000L);
    this.switching = dice.oneOf(0.03, 0.1, 0.2, 0.4);
    this.skew = dice.in(0.8) ? dice.between(0L, 2_500L) : dice.between(2_500L, 10_000L);
    this.staleness = dice.in(0.6) ? 0 : dice.between(1_000L, 20_000L);
    this.trouble = Duration.ofSeconds(dice.between(150, 420));
    this.operations = Math.min(less.operations(), dice.between(1, 6));
    this.accounts = dice.in(0.3);
    this.regions = accounts ? 1 : dice.between(1, 3);
    int most = dice.in(0.9) ? 4 : 12;
    for (String account : accounts ? List.of(HOME, OTHER) : List.of(HOME)) {
      for (String region : REGIONS.subList(0, regions)) {
        int size = Math.min(less.things(), dice.between(1, most));
        sizes.put(Scope.of(account, region), size);
      }
    }
    this.safeguards = Limits.safeguards(dice.split());
    this.broken = dice.oneOf(0.0, 0.0, 0.1, 0.3);
    int several = Math.min(less.tasks(), dice.between(1, 3));
    for (int i = 0; i < several; i++) {
      add(dice.split(), "task-" + (char) ('a' + i));
    }
  }

  Scope home() {
    return Scope.of(HOME, REGIONS.get(0));
  }

  private void add(Chance dice, String name) {
    Aggregation aggregation =
        dice.in(0.6) ? Aggregation.RESOURCE : dice.oneOf(Aggregation.values());
    boolean keyed = dice.in(0.3);
    ThingActions.Choice action =
        new ThingActions.Choice(
            dice.oneOf(ThingActions.Body.values()), aggregation, dice.in(0.3), keyed);
    if (!actions.contains(action)) {
      actions.add(action);
    }
    recipes.add(new Recipe(dice.random().nextLong(), name, action));
    tasks.add(task(tasks.size(), 0, false));
  }

  /** What a task is made from, again and again. */
  private record Recipe(long seed, String name, ThingActions.Choice action) {}

  /**
   * One of the tasks, as edited by operators.
   *
   * @param edition 0 as it is at first; the limit follows from it too
   */
  Task task(int index, int edition, boolean disabled) {
    Recipe recipe = recipes.get(index);
    ThingActions.Choice action = recipe.action();
    Chance dice = Chance.of(recipe.seed());
    Duration period = Duration.ofSeconds(60L * dice.between(1, 6));
    Task.Builder task =
        Task.named(recipe.name())
            .action(action.name())
            .where("*")
            .regions(REGIONS.subList(0, regions).toArray(new String[0]))
            .on(new Schedule.FixedRate(START.plusSeconds(dice.between(20, 200)), period))
            .misfire(misfire(dice))
            .overlap(dice.oneOf(OverlapPolicy.values()))
            .timeout(Duration.ofMinutes(dice.oneOf(4, 12, 30, 60)));
    if (accounts) {
      task.accounts(OTHER);
    }
    if (action.keyed()) {
      task.with("Key", dice.oneOf("", "region"));
    }
    if (action.keyed() || dice.in(0.3)) {
      task.with("Limit", 1 + (dice.below(3) + edition) % 3);
    } else if (dice.in(0.6)) {
      task.maxConcurrent(1 + (dice.below(3) + edition) % 3);
    } else if (Chance.of(recipe.seed() + 2).in(0.5)) {
      task.maxConcurrent(Chance.of(recipe.seed() + 3).oneOf("10%", "34%", "50%", "100%"));
    }
    Limits.perRegion(task, action.aggregation(), Chance.of(recipe.seed() + 4));
    if (edition > 0) {
      task.description("edition " + edition);
    }
    if (disabled) {
      task.disabled();
    }
    if (dice.in(0.03)) {
      task.dryrun();
    }
    Limits.guard(task, dice);
    follow(task, index, Chance.of(recipe.seed() + 1));
    return task.build();
  }

  /** Never one that comes later, so there are no circles. */
  private void follow(Task.Builder task, int index, Chance dice) {
    if (index > 0 && dice.in(0.3)) {
      After.End[] ends =
          dice.in(0.5) ? After.End.values() : new After.End[] {dice.oneOf(After.End.values())};
      task.after(recipes.get(dice.below(index)).name(), ends);
    }
  }

  private static MisfirePolicy misfire(Chance dice) {
    return switch (dice.below(3)) {
      case 0 -> new MisfirePolicy.Skip();
      case 1 -> new MisfirePolicy.Last();
      default -> new MisfirePolicy.All(3, Duration.ofHours(1));
    };
  }

  /** What kind of world it is, to be counted. */
  List<String> features() {
    List<String> all = new ArrayList<>();
    all.add(sharedQueue ? "shared queue" : "queue in each process");
    all.add(skew > 2_500 ? "clocks beyond the margin" : "clocks within the margin");
    if (staleness > 0) {
      all.add("stale reads");
    }
    all.add(sizes.size() + " slices");
    all.add(tasks.size() + " tasks");
    if (tasks.stream().anyMatch(task -> task.guards().any())) {
      all.add("guards");
    }
    if (tasks.stream().anyMatch(task -> task.guards().rollout().isPresent())) {
      all.add("waves");
    }
    if (tasks.stream().anyMatch(task -> task.limits().maxConcurrentPerRegion() > 0)) {
      all.add("limits per region");
    }
    if (tasks.stream().anyMatch(task -> task.flow().any())) {
      all.add("tasks that follow others");
    }
    if (!safeguards.equals(Safeguards.NONE)) {
      all.add("safeguards");
    }
    Set<String> actionsDo = new TreeSet<>();
    for (ThingActions.Choice action : actions) {
      actionsDo.add("effects: " + action.body());
      actionsDo.add("aggregation: " + action.aggregation());
      actionsDo.add(action.sealed() ? "destructive" : "not destructive");
      actionsDo.add(action.keyed() ? "key of its own" : "key of task or action");
    }
    all.addAll(actionsDo);
    return all;
  }
}
