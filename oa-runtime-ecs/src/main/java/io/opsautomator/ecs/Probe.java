package io.opsautomator.ecs;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a worker how it is, for a container's health check: an image needs no other program for
 * that. Ends with 0 if all is well, else with 1.
 */
public final class Probe {
  private static final int PATIENCE_MILLIS = 4_000;

  private Probe() {}

  /** The argument is the address, such as {@code http://127.0.0.1:8080/health/live}. */
  public static void main(String[] arguments) {
    System.exit(arguments.length == 1 && well(URI.create(arguments[0])) ? 0 : 1);
  }

  static boolean well(URI address) {
    try {
      HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
      asked.setConnectTimeout(PATIENCE_MILLIS);
      asked.setReadTimeout(PATIENCE_MILLIS);
      return asked.getResponseCode() == 200;
    } catch (IOException nobodyAnswers) {
      return false;
    }
  }
}
