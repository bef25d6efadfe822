package io.opsautomator.awstests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Who is at work, seen by a third party that the engine knows nothing of: each says when it comes
 * in and when it has left. What breaks the limit is remembered. One who comes too late, since it
 * had been frozen and another has done its work, is turned away.
 */
final class Witness implements AutoCloseable {
  private static final String ENTER = "/enter/";
  private static final String LEAVE = "/leave/";
  private static final int HEARD = 204;

  /** A worker that is to leave waits for what it has begun; saying it again changes nothing. */
  private static final int TRIES = 3;

  private static final int PATIENCE_MILLIS = 10_000;

  private final int limit;
  private final Set<String> within = new TreeSet<>();
  private final Set<String> left = new TreeSet<>();
  private final Set<String> tooMany = new TreeSet<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private int most;

  /**
   * What it has seen so far.
   *
   * @param most that were within at once
   */
  record Seen(Set<String> within, Set<String> left, Set<String> tooMany, int most) {}

  /** What a worker knows of it. */
  record Door(URI address) {
    void enters(String who) {
      say(ENTER + who);
    }

    /** Doing it again changes nothing. */
    void leaves(String who) {
      say(LEAVE + who);
    }

    private void say(String path) {
      try {
        int tries = 1;
        while (!heard(path, tries == TRIES)) {
          tries++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the witness was not told of " + path, e);
      }
    }

    private boolean heard(String path, boolean last) throws IOException {
      HttpURLConnection connection =
          (HttpURLConnection) address.resolve(path).toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try {
        if (connection.getResponseCode() != HEARD) {
          throw new IOException("the witness answered " + connection.getResponseCode());
        }
        return true;
      } catch (SocketTimeoutException e) {
        if (last) {
          throw e;
        }
        return false;
      }
    }
  }

  Witness(int limit) throws IOException {
    this.limit = limit;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(ENTER, exchange -> hear(exchange, ENTER, this::enters));
    server.createContext(LEAVE, exchange -> hear(exchange, LEAVE, this::leaves));
    server.setExecutor(threads);
    server.start();
  }

  Door door() {
    return new Door(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private static void hear(HttpExchange exchange, String context, Consumer<String> what)
      throws IOException {
    what.accept(exchange.getRequestURI().getPath().substring(context.length()));
    exchange.sendResponseHeaders(HEARD, -1);
    exchange.close();
  }

  private synchronized void enters(String who) {
    if (!left.contains(who) && !within.contains(who)) {
      if (within.size() < limit) {
        within.add(who);
      } else {
        tooMany.add(who);
      }
    }
    most = Math.max(most, within.size());
  }

  private synchronized void leaves(String who) {
    within.remove(who);
    left.add(who);
  }

  synchronized Seen seen() {
    return new Seen(Set.copyOf(within), Set.copyOf(left), Set.copyOf(tooMany), most);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
