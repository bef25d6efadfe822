package io.opsautomator.architecture.bad;

import org.slf4j.LoggerFactory;

/** Speaks where a library should be silent. */
public final class Chatty {
  private Chatty() {}

  static void talk(Exception e) {
    System.out.println("hello");
    java.util.logging.Logger.getLogger("chatty").warning("hello");
    LoggerFactory.getLogger(Chatty.class).info("hello");
    e.printStackTrace();
  }
}
