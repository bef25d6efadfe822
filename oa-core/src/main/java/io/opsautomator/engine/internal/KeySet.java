package io.opsautomator.engine.internal;

/**
 * Keys that have been seen, by two independent hashes of 64 bits each: sixteen bytes a key, at most
 * three times that with the room to grow, however long keys are. That two of a million keys look
 * the same has a chance of one in ten to the 26. Open addressing; not thread-safe.
 */
final class KeySet {
  private static final int FIRST = 64;
  private static final long[] PRIMES = {0x9E3779B97F4A7C15L, 0xC2B2AE3D27D4EB4FL};

  private long[] slots = new long[2 * FIRST];
  private int size;

  boolean contains(String key) {
    long first = hash(key, PRIMES[0]);
    int at = find(slots, first, hash(key, PRIMES[1]));
    return slots[at] != 0;
  }

  /** False if it was there. */
  boolean add(String key) {
    long first = hash(key, PRIMES[0]);
    long second = hash(key, PRIMES[1]);
    int at = find(slots, first, second);
    if (slots[at] != 0) {
      return false;
    }
    slots[at] = first;
    slots[at + 1] = second;
    size++;
    if (size * 3L > slots.length) { // Two thirds of the pairs.
      grow();
    }
    return true;
  }

  private void grow() {
    long[] more = new long[Math.multiplyExact(slots.length, 2)];
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i] != 0) {
        int at = find(more, slots[i], slots[i + 1]);
        more[at] = slots[i];
        more[at + 1] = slots[i + 1];
      }
    }
    slots = more;
  }

  /** Where it is, or where it would be. */
  private static int find(long[] in, long first, long second) {
    int mask = in.length - 1;
    int at = (int) (first << 1) & mask;
    while (in[at] != 0 && (in[at] != first || in[at + 1] != second)) {
      at = (at + 2) & mask;
    }
    return at;
  }

  /** Never 0, which marks an empty slot. */
  private static long hash(String key, long prime) {
    long hash = prime ^ key.length();
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * prime;
      hash ^= hash >>> 29;
    }
    hash *= 0xFF51AFD7ED558CCDL;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
