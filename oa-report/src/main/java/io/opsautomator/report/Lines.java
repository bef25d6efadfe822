package io.opsautomator.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file, none of them longer than is bearable: one of more than four million bytes is
 * nothing that an audit holds, and is passed over. Not thread-safe.
 */
final class Lines {
  private static final int LONGEST = 4_000_000;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] line = new byte[1 << 12];
  private int length;
  private boolean tooLong;

  Lines(InputStream in) {
    this.in = in;
  }

  /** Whether there is another one, which is then at hand; the last may have no line feed. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      int feed = feed();
      append(feed < 0 ? end : feed);
      at = feed < 0 ? end : feed + 1;
      if (feed >= 0) {
        return true;
      }
    }
    return any;
  }

  private int feed() {
    for (int i = at; i < end; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void append(int to) {
    int more = to - at;
    if (length + more > LONGEST) {
      tooLong = true;
      return;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
    }
    System.arraycopy(chunk, at, line, length, more);
    length += more;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(chunk));
    return end > 0;
  }

  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  boolean tooLong() {
    return tooLong;
  }
}
