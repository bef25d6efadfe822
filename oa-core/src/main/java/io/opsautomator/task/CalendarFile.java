package io.opsautomator.task;

import io.opsautomator.internal.OneLine;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.task.internal.ICalendarEvents;
import io.opsautomator.task.internal.SourceException;
import io.opsautomator.task.internal.Utf8;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * Calendars in iCalendar files (RFC 5545): events of whole days or with times, once or recurring,
 * in the zones of the file or in IANA zones. Needs the library {@value #LIBRARY} on the class path,
 * which comes only with who asks for it.
 *
 * <p>What is read is everything a task needs of it: when events are, and how they are called. It is
 * stored with the task, so later edits of the file count when the task is stored again.
 */
public final class CalendarFile {
  /** Characters that may be stored with a task, of each calendar. */
  public static final int MAX_STORED = 64 * 1024;

  static final String LIBRARY = "net.sf.biweekly:biweekly";

  private CalendarFile() {}

  /**
   * @param zone that of whole days and of times that name none: usually the task's
   * @throws IllegalArgumentException saying what is wrong with the file, and where
   */
  public static Calendar read(Path file, ZoneId zone) {
    try {
      return read(file.getFileName() + "", SourceFile.bytes(file), zone);
    } catch (SourceException e) {
      throw new IllegalArgumentException(told(file.toString(), e), e);
    }
  }

  /** Like {@link #read(Path, ZoneId)}, of content that came from elsewhere. */
  public static Calendar parse(String name, String content, ZoneId zone) {
    try {
      return calendar(name, content, zone);
    } catch (SourceException e) {
      throw new IllegalArgumentException(told(name, e), e);
    }
  }

  static Calendar read(String name, byte[] content, ZoneId zone) throws SourceException {
    if (content.length > TaskFile.MAX_SIZE) {
      String most = TaskFile.MAX_SIZE / 1_000_000 + " MB";
      throw new SourceException(1, 1, "is larger than " + most, null);
    }
    return calendar(name, Utf8.decode(content), zone);
  }

  private static Calendar calendar(String name, String content, ZoneId zone)
      throws SourceException {
    try {
      Calendar calendar = ICalendarEvents.calendar(name, content, zone);
      if (calendar.source().length() > MAX_STORED) {
        String problem =
            "has "
                + calendar.source().length()
                + " characters of events; "
                + MAX_STORED
                + " can be stored with a task: leave out events that are over, or split it";
        throw new SourceException(1, 1, problem, null);
      }
      return calendar;
    } catch (NoClassDefFoundError e) {
      String problem = "cannot be read: add the library " + LIBRARY + " to the class path";
      throw new SourceException(1, 1, problem, e);
    }
  }

  /** {@code file:line: problem}. */
  static String told(String file, SourceException e) {
    return OneLine.of(file + ":" + e.line() + ": " + e.problem());
  }
}
