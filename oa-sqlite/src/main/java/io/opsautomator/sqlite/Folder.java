package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store, held by one process for as long as it writes: {@code store.db} with what
 * SQLite puts beside it, {@code lock} with the id of the process, and the {@link Mark}. What is
 * made here is for its owner only.
 *
 * <p>The lock is the operating system's, so it ends with the process, however that ends. It is on
 * the file, not on the channel: closing any other channel to it in this process would let it go.
 * That is why the folders held here are remembered, and looked up before the file is touched.
 */
final class Folder implements AutoCloseable {
  static final String FILE = "store.db";

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Far behind the text, for systems where a locked place cannot be read. */
  private static final long LOCKED = 1L << 40;

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private Folder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /** Makes the folder and an empty file if they are not there, and takes the lock. */
  static Folder hold(Path folder) {
    try {
      create(folder.toAbsolutePath());
      Path path = folder.toRealPath();
      if (!HELD.add(path)) {
        throw new StoreException("the store in " + folder + " is open in this process already");
      }
      return lockedOrForgotten(path);
    } catch (IOException e) {
      throw new StoreException("cannot open the store in " + folder + ": " + e, e);
    }
  }

  /** Whether this process or another one holds the folder at this moment; takes nothing. */
  static boolean isHeld(Path folder) {
    Path file = folder.resolve("lock");
    try {
      if (!Files.exists(file)) {
        return false;
      }
      return HELD.contains(folder.toRealPath()) || isLocked(file);
    } catch (IOException e) {
      throw new StoreException("cannot look at the store in " + folder + ": " + e, e);
    }
  }

  private static boolean isLocked(Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(LOCKED, 1, false)) {
      return lock == null;
    }
  }

  /** A folder is on the disk once the one that it is in has been flushed. */
  private static void create(Path folder) throws IOException {
    List<Path> missing =
        Stream.iterate(folder, path -> path != null && !Files.exists(path), Path::getParent)
            .toList();
    Files.createDirectories(folder, owner(folder, "rwx------"));
    for (Path made : missing) {
      flush(made.resolveSibling(""));
    }
  }

  private static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Where folders cannot be opened they need not be flushed.
    }
  }

  private static Folder lockedOrForgotten(Path path) throws IOException {
    @Nullable Folder held = null;
    try {
      held = lock(path);
      return held;
    } finally {
      if (held == null) {
        HELD.remove(path);
      }
    }
  }

  private static Folder lock(Path path) throws IOException {
    Path file = createIfMissing(path.resolve("lock"));
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED, 1, false);
      if (lock == null) {
        throw new StoreException(
            "the store in " + path + " is open in process " + read(channel) + "; only one writes");
      }
      channel.truncate(0);
      channel.write(utf8(ProcessHandle.current().pid() + "\n"), 0);
      Wholeness.require(path.resolve(FILE));
      createIfMissing(path.resolve(FILE));
      return new Folder(path, channel, lock);
    } catch (IOException | RuntimeException e) {
      closeAfter(channel, e);
      throw e;
    }
  }

  private static void closeAfter(FileChannel channel, Exception reason) {
    try {
      channel.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  Path file() {
    return path.resolve(FILE);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    return StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** For its owner only. */
  static Path createIfMissing(Path file) throws IOException {
    return Files.exists(file) ? file : Files.createFile(file, owner(file, "rw-------"));
  }

  private static FileAttribute<?>[] owner(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw new StoreException("cannot let go of the store in " + path + ": " + e, e);
    } finally {
      HELD.remove(path);
    }
  }
}
