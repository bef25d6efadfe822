package io.opsautomator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import io.opsautomator.architecture.bad.Ambient;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Time, sleep, chance, threads and the environment come in through the front door: it is what makes
 * virtual time, the simulator and tests without waiting possible.
 */
final class AmbientStateTest {
  /** Members by class; a star stands for all. Method references count as calls. */
  private static final Map<String, Set<String>> BANNED =
      Map.ofEntries(
          Map.entry(
              "java.lang.System",
              Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "getProperties")),
          Map.entry("java.lang.Thread", Set.of("sleep", "<init>")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.lang.StrictMath", Set.of("random")),
          Map.entry(
              "java.time.Clock",
              Set.of(
                  "system",
                  "systemUTC",
                  "systemDefaultZone",
                  "tickMillis",
                  "tickSeconds",
                  "tickMinutes")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry("java.time.ZoneId", Set.of("systemDefault")),
          Map.entry("java.util.Date", Set.of("<init>")),
          Map.entry("java.util.Random", Set.of("<init>")),
          Map.entry("java.util.SplittableRandom", Set.of("<init>")),
          Map.entry("java.security.SecureRandom", Set.of("*")),
          Map.entry("java.util.random.RandomGenerator", Set.of("of", "getDefault")),
          Map.entry("java.util.random.RandomGeneratorFactory", Set.of("*")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("*")),
          Map.entry("java.util.concurrent.Executors", Set.of("*")),
          Map.entry("java.util.concurrent.ForkJoinPool", Set.of("<init>", "commonPool")),
          Map.entry("java.util.concurrent.ThreadPoolExecutor", Set.of("<init>")),
          Map.entry("java.util.concurrent.ScheduledThreadPoolExecutor", Set.of("<init>")),
          Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
          Map.entry("java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil")),
          Map.entry("java.util.Timer", Set.of("*")),
          Map.entry("java.util.TimeZone", Set.of("getDefault")),
          Map.entry("java.util.UUID", Set.of("randomUUID")));

  /** Where the platform is let in, once, for whoever brings nothing of their own. */
  private static final String COMPOSITION_ROOT =
      "io\\.opsautomator\\.engine\\.internal\\.SystemRuntime(\\$.*)?";

  @Test
  void theCoreAndTheActionsAreGivenTheirWorld() {
    Rules.hold(rule(), BuildModule.classes("oa-core", "oa-actions"));
  }

  @Test
  void whatIsTakenFromThePlatformIsSeen() {
    Rules.objects(
        rule(),
        Rules.of(Ambient.class),
        "System.nanoTime()",
        "Clock.systemUTC()",
        "Random.<init>()",
        "Math.random()",
        "UUID.randomUUID()",
        "Instant.now()",
        "System.currentTimeMillis()",
        "System.getenv(",
        "System.getProperty(",
        "Thread.<init>(",
        "Thread.sleep(");
  }

  private static ArchRule rule() {
    return noClasses()
        .that()
        .haveNameNotMatching(COMPOSITION_ROOT)
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe("is ambient state", AmbientStateTest::isAmbient));
  }

  private static boolean isAmbient(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String member = access.getTarget().getName();
    Set<String> banned = BANNED.getOrDefault(owner, Set.of());
    return banned.contains(member)
        || banned.contains("*")
        || (owner.startsWith("java.time.") && member.equals("now"));
  }
}
