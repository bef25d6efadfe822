package io.opsautomator.examples;

/** A client of one's own, given to actions by {@code builder.provide(Chat.class, chat)}. */
@FunctionalInterface
public interface Chat {
  void say(String room, String text);
}
