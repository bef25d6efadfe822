package io.opsautomator.opentelemetry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of traces and spans made of other ids, as W3C Trace Context wants them: never all zeros. */
final class DerivedIds {
  private static final int TRACE = 16;
  private static final int SPAN = 8;

  private DerivedIds() {}

  static String trace(String of) {
    return hex("trace/" + of, TRACE);
  }

  static String span(String of) {
    return hex("span/" + of, SPAN);
  }

  private static String hex(String text, int bytes) {
    byte[] hash = sha256(text.getBytes(StandardCharsets.UTF_8));
    hash[0] |= 1;
    return HexFormat.of().formatHex(hash, 0, bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
