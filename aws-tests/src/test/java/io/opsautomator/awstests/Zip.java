package io.opsautomator.awstests;

/** The smallest archive there is: its end, and nothing before it. */
final class Zip {
  static final byte[] EMPTY = new byte[22];

  static {
    EMPTY[0] = 'P';
    EMPTY[1] = 'K';
    EMPTY[2] = 5;
    EMPTY[3] = 6;
  }

  private Zip() {}
}
