package io.opsautomator.sqlite;

/** Where work is done: what is written goes one after the other, in a transaction. */
interface Database {

  /** Sees everything that was answered before; writes nothing. */
  <T> T read(Work<T> work);

  /** Answers when the outcome is on the disk. */
  <T> T write(Work<T> work);
}
