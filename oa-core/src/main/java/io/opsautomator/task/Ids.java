package io.opsautomator.task;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names things after what they follow from, so that doing something twice finds what was done
 * before. An id is the first 130 bits of SHA-256 over its parts, in 26 letters and digits of
 * lower-case base 32 (RFC 4648 without padding); every part is preceded by its length, so no two
 * lists of parts run together.
 */
public final class Ids {
  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final int LENGTH = 26;
  private static final MessageDigest PROTOTYPE = sha256();

  private Ids() {}

  /** The id that follows from these parts, in this order. */
  public static String derive(String... parts) {
    MessageDigest digest = fresh();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      for (int shift = 24; shift >= 0; shift -= 8) {
        digest.update((byte) (bytes.length >> shift));
      }
      digest.update(bytes);
    }
    return base32(digest.digest());
  }

  private static String base32(byte[] bytes) {
    char[] text = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      int value = 0;
      for (int bit = i * 5; bit < i * 5 + 5; bit++) {
        value = value << 1 | bytes[bit >> 3] >> (7 - (bit & 7)) & 1;
      }
      text[i] = ALPHABET[value];
    }
    return new String(text);
  }

  /** To copy one is quicker than to look up who makes them. */
  private static MessageDigest fresh() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      return sha256();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
