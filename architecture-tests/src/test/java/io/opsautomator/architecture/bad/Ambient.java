package io.opsautomator.architecture.bad;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Takes everything from the platform that should have been handed to it. */
public final class Ambient {
  final LongSupplier ticks = System::nanoTime;
  final Clock clock = Clock.systemUTC();
  final Random random = new Random();
  final double number = Math.random();
  final UUID id = UUID.randomUUID();
  final Instant born = Instant.now();
  final long millis = System.currentTimeMillis();
  final String home = System.getenv("HOME") + System.getProperty("user.home");
  final Thread thread = new Thread(this::nap);

  void nap() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
