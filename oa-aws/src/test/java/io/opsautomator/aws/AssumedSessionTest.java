package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

final class AssumedSessionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private volatile Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private final AtomicInteger assumed = new AtomicInteger();
  private final AssumedSession session = new AssumedSession(this::assume, () -> now);

  private AwsSessionCredentials assume() {
    int number = assumed.incrementAndGet();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return AwsSessionCredentials.builder()
        .accessKeyId("session-" + number)
        .secretAccessKey("s")
        .sessionToken("t")
        .expirationTime(now.plus(HOUR))
        .build();
  }

  private String key() {
    return session.resolveCredentials().accessKeyId();
  }

  @Test
  void theRoleIsAssumedByTheFirstCallAndNotBefore() {
    assertThat(assumed).hasValue(0);
    assertThat(key()).isEqualTo("session-1");
    now = now.plus(Duration.ofMinutes(54));
    assertThat(key()).isEqualTo("session-1");
  }

  @Test
  void anExecutionThatOutlivesItsSessionGoesOnUnderTheNextOne() {
    List<String> keys = new ArrayList<>();
    for (int minute = 0; minute <= 180; minute++) {
      String key = key();
      if (!keys.contains(key)) {
        keys.add(key);
      }
      now = now.plus(Duration.ofMinutes(1));
    }
    assertThat(keys).containsExactly("session-1", "session-2", "session-3", "session-4");
  }

  @Test
  void whenItCannotBeRenewedTheOldOneServesUntilItsLastMinute() {
    assertThat(key()).isEqualTo("session-1");
    now = now.plus(Duration.ofMinutes(56));
    failure =
        Optional.of(
            new TransientException(
                TransientException.Kind.THROTTLED, "Throttling", "slow", new Exception("429")));
    assertThat(key()).isEqualTo("session-1");

    now = now.plus(Duration.ofMinutes(3));
    assertThatThrownBy(this::key).isInstanceOf(TransientException.class);
    assertThatThrownBy(this::key)
        .isInstanceOfSatisfying(
            TransientException.class,
            e -> assertThat(e.kind()).isEqualTo(TransientException.Kind.THROTTLED));
    assertThat(assumed).hasValue(3);

    failure = Optional.empty();
    now = now.plusSeconds(1);
    assertThat(key()).isEqualTo("session-4");
  }

  @Test
  void oneThatAServiceDoesNotAcceptIsReplacedThoughItsTimeHasNotCome() {
    assertThat(key()).isEqualTo("session-1");
    now = now.plusSeconds(60);

    session.doubted();
    assertThat(key()).isEqualTo("session-2");

    // Calls that were under way hear of the old one late.
    session.doubted();
    assertThat(key()).isEqualTo("session-2");
  }

  @Test
  void aRoleThatWasRefusedIsNotAskedForByEveryCall() {
    failure = Optional.of(new ActionException("RoleNotAssumed", "the role cannot be assumed"));
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(this::key)
          .isInstanceOfSatisfying(
              ActionException.class, e -> assertThat(e.code()).isEqualTo("RoleNotAssumed"))
          .hasMessage("the role cannot be assumed");
    }
    assertThat(assumed).hasValue(1);

    failure = Optional.empty();
    now = now.plusSeconds(30);
    assertThat(key()).isEqualTo("session-2");
  }

  @Test
  void howeverManyWantItAtOnceTheRoleIsAssumedOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(16);
    CountDownLatch answer = new CountDownLatch(1);
    AssumedSession slow =
        new AssumedSession(
            () -> {
              await(answer);
              return assume();
            },
            () -> now);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> keys = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        keys.add(
            threads.submit(
                () -> {
                  all.countDown();
                  return slow.resolveCredentials().accessKeyId();
                }));
      }
      await(all);
      answer.countDown();
      for (Future<String> key : keys) {
        assertThat(key.get(30, TimeUnit.SECONDS)).isEqualTo("session-1");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(assumed).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
