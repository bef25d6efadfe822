package io.opsautomator.task.internal;

import io.opsautomator.task.internal.SourceNode.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes into text, without replacing what is not UTF-8 by question marks. */
public final class Utf8 {
  private Utf8() {}

  /** A byte order mark is left out. */
  public static String decode(byte[] bytes) throws SourceException {
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      throw new SourceException(1, 1, "is UTF-16; save it as UTF-8", null);
    }
    int mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    if (result.isError()) {
      throw fault(in.position(), bytes[in.position()], out.toString());
    }
    return out.toString();
  }

  private static SourceException fault(int offset, byte bad, String before) {
    Place place = SourceText.after(before);
    String problem =
        String.format(
            "is not UTF-8: byte 0x%02X at offset %d; save it as UTF-8", bad & 0xFF, offset);
    return new SourceException(place.line(), place.column(), problem, null);
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
