package io.opsautomator.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Tells a stack how its request went, at the pre-signed address of S3 that came with it. */
final class StackAnswer {
  private static final Pattern BUCKETS =
      Pattern.compile("([a-z0-9-]+[.])*amazonaws[.](com([.]cn)?|eu)");
  private static final int MILLISECONDS = 10_000;

  private StackAnswer() {}

  /**
   * @throws IllegalArgumentException if this is no address of S3: what a function says goes nowhere
   *     else
   * @throws UncheckedIOException if it is not taken; the platform repeats the invocation, which is
   *     harmless
   */
  static void send(String url, String answer) {
    try {
      put(address(url), answer.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The stack does not take the answer " + answer, e);
    }
  }

  static URI address(String url) {
    URI address = URI.create(url);
    String host = address.getHost() == null ? "" : address.getHost();
    if (!"https".equals(address.getScheme()) || !BUCKETS.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "ResponseURL is at '" + host + "', which is no address of S3; CloudFormation's are");
    }
    return address;
  }

  /** With the JDK's own client, as the SDK's clients do: nothing else is needed in a function. */
  static void put(URI address, byte[] answer) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try {
      connection.setRequestMethod("PUT");
      connection.setRequestProperty("Content-Type", ""); // as it was signed
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(MILLISECONDS);
      connection.setReadTimeout(MILLISECONDS);
      connection.setFixedLengthStreamingMode(answer.length);
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(answer);
      }
      int status = connection.getResponseCode();
      if (status / 100 != 2) {
        throw new IOException(address.getHost() + " answers " + status);
      }
    } finally {
      connection.disconnect();
    }
  }
}
