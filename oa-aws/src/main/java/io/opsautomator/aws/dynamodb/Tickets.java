package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tickets as bytes: a gate is written with every hand-over, and holds many. The first byte says how
 * the id is written - 17 bytes of base 32, or a text - then comes the id, then the number, seven
 * bits a byte and the lowest first.
 */
final class Tickets {
  /** Holds a place. */
  static final Ticket NOBODY = new Ticket(new ExecutionId(""), 0);

  private static final byte DERIVED = 1;
  private static final byte OTHER = 2;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LETTERS = 26;
  private static final int BYTES = 17;

  private Tickets() {}

  static AttributeValue value(Ticket ticket) {
    String id = ticket.execution().value();
    return Item.bytes(derived(id) ? compact(id, ticket.number()) : plain(id, ticket.number()));
  }

  static Ticket read(AttributeValue value) {
    byte[] bytes = value.b() == null ? new byte[1] : value.b().asByteArray();
    int end =
        switch (bytes[0]) {
          case DERIVED -> 1 + BYTES;
          case OTHER -> 3 + ((bytes[1] & 0xff) << 8 | bytes[2] & 0xff);
          default ->
              throw new StoreException(
                  "a stored ticket is of an unknown form: use a newer program");
        };
    String id =
        bytes[0] == DERIVED ? base32(bytes) : new String(bytes, 3, end - 3, StandardCharsets.UTF_8);
    return new Ticket(new ExecutionId(id), number(bytes, end));
  }

  private static boolean derived(String id) {
    return id.length() == LETTERS && id.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  private static byte[] compact(String id, int number) {
    byte[] bytes = new byte[1 + BYTES];
    bytes[0] = DERIVED;
    for (int i = 0; i < LETTERS; i++) {
      int letter = ALPHABET.indexOf(id.charAt(i));
      for (int bit = 0; bit < 5; bit++) {
        if ((letter & 1 << (4 - bit)) != 0) {
          int at = i * 5 + bit;
          bytes[1 + (at >> 3)] |= (byte) (1 << (7 - (at & 7)));
        }
      }
    }
    return numbered(bytes, number);
  }

  private static String base32(byte[] bytes) {
    StringBuilder id = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS; i++) {
      int letter = 0;
      for (int at = i * 5; at < i * 5 + 5; at++) {
        letter = letter << 1 | bytes[1 + (at >> 3)] >> (7 - (at & 7)) & 1;
      }
      id.append(ALPHABET.charAt(letter));
    }
    return id.toString();
  }

  private static byte[] plain(String id, int number) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[3 + text.length];
    bytes[0] = OTHER;
    bytes[1] = (byte) (text.length >> 8);
    bytes[2] = (byte) text.length;
    System.arraycopy(text, 0, bytes, 3, text.length);
    return numbered(bytes, number);
  }

  private static byte[] numbered(byte[] id, int number) {
    byte[] bytes = Arrays.copyOf(id, id.length + 5);
    int end = id.length;
    int left = number;
    do {
      bytes[end++] = (byte) ((left & 0x7f) | (left >>> 7 == 0 ? 0 : 0x80));
      left >>>= 7;
    } while (left != 0);
    return Arrays.copyOf(bytes, end);
  }

  private static int number(byte[] bytes, int from) {
    int number = 0;
    for (int i = from; i < bytes.length; i++) {
      number |= (bytes[i] & 0x7f) << 7 * (i - from);
    }
    return number;
  }
}
