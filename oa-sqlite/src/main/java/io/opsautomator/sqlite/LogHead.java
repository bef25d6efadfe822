package io.opsautomator.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first transaction of a write-ahead log, as sqlite.org/walformat.html describes it: a
 * header, then frames of one page each; each carries the checksum of all before it, and the last of
 * a transaction says so. Frames that do not fit were left over from before, or were never finished.
 */
final class LogHead implements AutoCloseable {
  private static final int HEADER = 32;
  private static final int FRAME = 24;
  private static final int SUMMED_OF_HEADER = 24;
  private static final int SUMMED_OF_FRAME = 8;
  private static final int MAGIC = 0x377f0682;

  private final FileChannel channel;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private long salts;
  private int pageSize;
  private int sum1;
  private int sum2;

  private LogHead(FileChannel channel) {
    this.channel = channel;
  }

  /** Where the first transaction led; empty when none is whole. */
  static Optional<Place> read(Path log) throws IOException {
    try (LogHead head = new LogHead(FileChannel.open(log))) {
      return head.begin() ? head.transaction() : Optional.empty();
    }
  }

  private boolean begin() throws IOException {
    ByteBuffer header = read(0, HEADER);
    if (header.remaining() < HEADER || (header.getInt(0) & ~1) != MAGIC) {
      return false;
    }
    order = (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    pageSize = header.getInt(8);
    salts = header.getLong(16);
    sum(header, 0, SUMMED_OF_HEADER);
    return pageSize >= 512 && pageSize <= 65536 && isSummed(header, SUMMED_OF_HEADER);
  }

  private Optional<Place> transaction() throws IOException {
    @Nullable Place place = null;
    long at = HEADER;
    for (ByteBuffer frame = frame(at); isNext(frame); frame = frame(at)) {
      if (frame.getInt(0) == 1) {
        place = Place.of(frame.slice(FRAME, pageSize));
      }
      boolean last = frame.getInt(4) != 0;
      if (last) {
        return Optional.ofNullable(place);
      }
      at += FRAME + pageSize;
    }
    return Optional.empty();
  }

  private ByteBuffer frame(long at) throws IOException {
    return read(at, FRAME + pageSize);
  }

  private boolean isNext(ByteBuffer frame) {
    if (frame.remaining() < FRAME + pageSize || frame.getLong(8) != salts) {
      return false;
    }
    sum(frame, 0, SUMMED_OF_FRAME);
    sum(frame, FRAME, pageSize);
    return isSummed(frame, 16);
  }

  private void sum(ByteBuffer bytes, int from, int length) {
    ByteBuffer words = bytes.slice(from, length).order(order);
    while (words.hasRemaining()) {
      sum1 += words.getInt() + sum2;
      sum2 += words.getInt() + sum1;
    }
  }

  private boolean isSummed(ByteBuffer bytes, int at) {
    return bytes.getInt(at) == sum1 && bytes.getInt(at + 4) == sum2;
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, at + bytes.position());
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
