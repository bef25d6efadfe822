package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Requests to the {@code oa} that is at work on a store, from one that is not: only one process
 * writes to a store, and the person who lets the next wave go sits at another terminal.
 *
 * <p>A request is a file in the folder {@code requests} beside the store, moved there complete; its
 * answer is a file of the same name with another ending. Whoever may write there owns the store.
 * What lies there when a process begins to work is thrown away unread: an approval must not meet a
 * later wave than the one that was looked at. For the same reason whoever gives up waiting for an
 * answer takes the request away.
 */
final class Inbox implements Closeable {
  private static final String ASKED = ".request";
  private static final String TAKEN = ".taken";
  private static final String ANSWERED = ".answer";
  private static final String DONE = "done";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final OpsAutomator engine;
  private final Progress progress;
  private final WatchService arrivals;

  private Inbox(Path folder, OpsAutomator engine, Progress progress) throws IOException {
    this.folder = folder;
    this.engine = engine;
    this.progress = progress;
    this.arrivals = watched(folder);
  }

  /** Begins to answer, on a thread of its own. */
  static Inbox open(Path store, OpsAutomator engine, Progress progress) throws IOException {
    Inbox inbox = new Inbox(folder(store), engine, progress);
    inbox.clear();
    Thread thread = new Thread(inbox::answerAll, "oa-inbox");
    thread.setDaemon(true);
    thread.start();
    return inbox;
  }

  private static Path folder(Path store) throws IOException {
    return Files.createDirectories(store.resolve("requests"));
  }

  private static WatchService watched(Path folder) throws IOException {
    WatchService service = folder.getFileSystem().newWatchService();
    folder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
    return service;
  }

  private void clear() throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder)) {
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void answerAll() {
    try {
      while (true) {
        WatchKey key = arrivals.take();
        key.pollEvents();
        key.reset();
        try (DirectoryStream<Path> requests = Files.newDirectoryStream(folder, "*" + ASKED)) {
          for (Path request : requests) {
            answer(request);
          }
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      progress.note("Requests are not answered any more: " + e.getMessage());
    }
  }

  /** Takes the request away first: from then on whoever asked cannot take it back. */
  private void answer(Path file) throws IOException {
    Path taken = sibling(file, TAKEN);
    try {
      Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException takenBack) {
      return;
    }
    String answer = DONE;
    try {
      Request.read(Files.readString(taken)).to(engine);
    } catch (RuntimeException e) {
      answer = Explanation.of(e).message();
    }
    Files.deleteIfExists(taken);
    put(sibling(file, ANSWERED), answer);
  }

  private static Path sibling(Path request, String ending) {
    return request.resolveSibling(request.getFileName().toString().replace(ASKED, ending));
  }

  private static void put(Path file, String content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    arrivals.close();
  }

  /**
   * Asks the process that is at work on the store, and waits for its answer.
   *
   * @throws Failure if it refuses, or does not answer
   */
  static void ask(Path store, Request request) throws IOException, InterruptedException {
    Path folder = folder(store);
    Path file = folder.resolve(UUID.randomUUID() + ASKED);
    try (WatchService answers = watched(folder)) {
      put(file, request.json());
      String answer = await(answers, sibling(file, ANSWERED)).orElseGet(() -> unanswered(file));
      if (!answer.equals(DONE)) {
        throw Failure.failed(answer);
      }
    }
  }

  private static String unanswered(Path request) {
    try {
      return Files.deleteIfExists(request)
          ? "the oa that is at work on this store does not answer; nothing was done"
          : "the oa that is at work on this store has begun and does not answer; see 'oa history'";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take back the request " + request, e);
    }
  }

  private static Optional<String> await(WatchService answers, Path answer)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(answer)) {
      WatchKey key = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (key == null) {
        return Optional.empty();
      }
      key.pollEvents();
      key.reset();
    }
    String told = Files.readString(answer);
    Files.delete(answer);
    return Optional.of(told);
  }
}
