package io.opsautomator.aws.budget;

import java.time.Duration;

/** Lets time pass for the thread that asks. Virtual time implements it too. */
@FunctionalInterface
public interface Pause {
  void pass(Duration time) throws InterruptedException;
}
