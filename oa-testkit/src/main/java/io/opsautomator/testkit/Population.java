package io.opsautomator.testkit;

import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Fills an estate with what companies have: teams, environments, forgotten volumes, old backups.
 */
final class Population {
  private static final List<String> TEAMS = List.of("billing", "data", "platform", "search", "web");
  private static final List<String> STAGES = List.of("dev", "test", "prod");
  private static final List<String> TYPES =
      List.of("t3.micro", "t3.small", "t3.medium", "m5.large", "m5.xlarge", "c5.large", "r5.large");
  private static final int INSTANCES = 36; // with disks and backups about 167 resources a region

  private final SplittableRandom random;
  private final List<Scope> scopes;

  private Population(long seed, List<Scope> scopes) {
    this.random = new SplittableRandom(seed);
    this.scopes = scopes;
  }

  static Population usual(long seed) {
    List<Scope> scopes = new ArrayList<>();
    for (String account : List.of("111122223333", "222233334444", "333344445555")) {
      for (String region : List.of("eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2")) {
        scopes.add(Scope.of(account, region));
      }
    }
    return new Population(seed, scopes);
  }

  void into(Estate estate) {
    for (Scope scope : scopes) {
      EstateRegion region = estate.in(scope);
      for (int i = 0; i < INSTANCES; i++) {
        instance(region, estate.now());
      }
      for (int i = 0; i < INSTANCES / 12; i++) {
        region.volume(id("vol-"), sized(), Map.of("Name", "left over " + i));
      }
    }
  }

  private void instance(EstateRegion region, Instant now) {
    Map<String, String> tags = tags();
    String id = id("i-");
    if (random.nextInt(10) == 0) {
      region.stoppedInstance(id, one(TYPES), tags);
    } else {
      region.instance(id, one(TYPES), tags);
    }
    backups(region, "vol-" + id.substring(2), tags, now);
    if (random.nextInt(3) == 0) {
      String volume = region.volume(id("vol-"), sized(), tags);
      region.attach(volume, id, "/dev/sdg");
      backups(region, volume, tags, now);
    }
  }

  private void backups(
      EstateRegion region, String volume, Map<String, String> instance, Instant now) {
    if (!instance.containsKey("Backup")) {
      return;
    }
    int kept = 1 + random.nextInt(4);
    for (int day = 1; day <= kept; day++) {
      Instant start = now.minus(Duration.ofDays(day)).minusSeconds(random.nextInt(3600));
      region.snapshot(id("snap-"), volume, start, Map.of("Backup", "daily", "Source", volume));
    }
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    String team = one(TEAMS);
    String stage = one(STAGES);
    tags.put("Name", team + "-" + stage + "-" + random.nextInt(100));
    tags.put("Team", team);
    tags.put("Environment", stage);
    if (!stage.equals("prod")) {
      tags.put("Schedule", "office-hours");
    }
    if (random.nextInt(10) < 7) {
      tags.put("Backup", "daily");
    }
    return tags;
  }

  private int sized() {
    return 8 << random.nextInt(5);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String id(String prefix) {
    return String.format(Locale.ROOT, "%s0%016x", prefix, random.nextLong());
  }
}
