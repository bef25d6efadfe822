package io.opsautomator.store;

import io.opsautomator.store.Execution.Cancel;
import io.opsautomator.store.JournalEntry.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What of an execution may be driven again, and what it then still knows.
 *
 * <p>A step that succeeded is never made again: the journal is kept up to the last of them, so that
 * the replay takes the same turns so far. What comes after - facts, refusals, waits that ran out -
 * is why it failed, and is learnt anew. A step that may be done at most once and was begun, with no
 * word of how it ended, may have been done; cutting that off takes a person who says so.
 */
final class RedriveRules {
  private RedriveRules() {}

  static boolean mayRedrive(Execution stored, int drive, boolean uncertainToo) {
    boolean failed =
        switch (stored.status()) {
          case FAILED, TIMED_OUT, NOT_STARTED -> true;
          case UNCERTAIN -> uncertainToo;
          default -> false;
        };
    return failed
        && stored.progress().drive() < drive
        && !undone(stored)
        && (uncertainToo || !inDoubt(cutOff(stored.journal())));
  }

  /** Whether what comes after the last step that succeeded has no effect that nobody knows of. */
  static boolean mayForget(List<JournalEntry> journal) {
    return !inDoubt(cutOff(journal));
  }

  /** What it did was being taken back, or is to be; that is no start to go on from. */
  private static boolean undone(Execution stored) {
    return stored.progress().cancel().filter(Cancel::undo).isPresent()
        || stored.journal().stream().anyMatch(it -> it.step().startsWith(JournalEntry.UNDO));
  }

  /** Up to the last step that succeeded, that one included. */
  static List<JournalEntry> kept(List<JournalEntry> journal) {
    return journal.subList(0, end(journal));
  }

  /** The same, and a mark that counts how often that was done. */
  static List<JournalEntry> marked(List<JournalEntry> journal) {
    List<JournalEntry> marked = new ArrayList<>(kept(journal));
    String times = Integer.toString(begunAgain(journal) + 1);
    marked.add(new JournalEntry(JournalEntry.AGAIN, Stage.FACT, times));
    return marked;
  }

  static int begunAgain(List<JournalEntry> journal) {
    return cutOff(journal).stream()
        .filter(JournalEntry::mark)
        .mapToInt(mark -> Integer.parseInt(mark.json()))
        .max()
        .orElse(0);
  }

  private static List<JournalEntry> cutOff(List<JournalEntry> journal) {
    return journal.subList(end(journal), journal.size());
  }

  private static int end(List<JournalEntry> journal) {
    int end = journal.size();
    while (end > 0 && journal.get(end - 1).stage() != Stage.DONE) {
      end--;
    }
    return end;
  }

  /** Whether a step was begun here that nobody has refused: nothing here has succeeded. */
  private static boolean inDoubt(List<JournalEntry> cutOff) {
    return cutOff.stream()
        .filter(it -> it.stage() == Stage.INTENT)
        .anyMatch(
            it ->
                cutOff.stream()
                    .noneMatch(no -> no.stage() == Stage.REFUSED && no.step().equals(it.step())));
  }
}
