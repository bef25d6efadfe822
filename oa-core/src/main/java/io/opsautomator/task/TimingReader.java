package io.opsautomator.task;

import io.opsautomator.schedule.Calendar;
import io.opsautomator.task.internal.SourceException;
import io.opsautomator.task.internal.SourceNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The fields of a task that hold the firings of its schedules back, or off. */
final class TimingReader {
  private static final String CALENDAR = "ERR_INVALID_CALENDAR";

  private final TaskReader task;
  private final ZoneId zone;
  private final Folder folder;

  TimingReader(TaskReader task, ZoneId zone) {
    this.task = task;
    this.zone = zone;
    this.folder = task.folder();
  }

  /**
   * Where the calendars that tasks name are. A task file may come from somebody who must not see
   * all files there are, so only what is in its own folder, or below, is read.
   */
  static final class Folder {
    private final Optional<Path> path;
    private final Map<String, Calendar> read = new HashMap<>();

    Folder(Optional<Path> path) {
      this.path = path;
    }

    /** Of those that several tasks name, each is read once. */
    private Calendar calendar(String name, ZoneId zone) throws SourceException {
      String key = zone + "\n" + name;
      Calendar known = read.get(key);
      if (known == null) {
        known = CalendarFile.read(name, SourceFile.bytes(inside(name)), zone);
        read.put(key, known);
      }
      return known;
    }

    private Path inside(String name) throws SourceException {
      Path root =
          path.orElseThrow(
              () ->
                  new SourceException(
                      1, 1, "can only be read for tasks that come from a file themselves", null));
      try {
        Path file = root.resolve(name).normalize();
        if (!Path.of(name).isAbsolute() && file.startsWith(root.normalize())) {
          return file;
        }
      } catch (InvalidPathException e) {
        throw new SourceException(1, 1, "is no name of a file", e);
      }
      throw new SourceException(
          1, 1, "is not in the folder of the task file, nor below it; put it there", null);
    }
  }

  void read(TaskBuilder builder) {
    instant(TaskField.FROM, false, builder::from);
    instant(TaskField.UNTIL, true, builder::until);
    task.value(TaskField.JITTER)
        .flatMap(value -> task.duration("ERR_WRONG_PARAM_TYPE", "jitter", value))
        .ifPresent(builder::jitter);
    calendars(TaskField.BLACKOUT, builder::blackout);
    calendars(TaskField.ALLOW, builder::allow);
  }

  private void instant(TaskField field, boolean end, Consumer<Instant> use) {
    Optional<SourceNode> value = task.value(field);
    Optional<String> text = task.text(field);
    if (value.isEmpty() || text.isEmpty()) {
      return;
    }
    Optional<Instant> read = instant(text.get(), end);
    if (read.isPresent()) {
      use.accept(read.get());
    } else {
      task.wrong(
          "ERR_WRONG_PARAM_TYPE",
          value.get(),
          field.key(),
          TaskReader.shown(value.get())
              + " is neither a date such as 2026-03-31, nor a date and time such as"
              + " 2026-03-31T18:00, nor an instant such as 2026-03-31T18:00:00Z");
    }
  }

  /** A date that is an end is the last day; a time is when it ends. */
  private Optional<Instant> instant(String text, boolean end) {
    String written = text.trim().replaceFirst("(?<=[0-9]) (?=[0-9])", "T");
    try {
      if (written.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
        LocalDate date = LocalDate.parse(written).plusDays(end ? 1 : 0);
        return Optional.of(date.atStartOfDay(zone).toInstant());
      }
      if (written.matches(".*([Zz]|[+-][0-9:]+)$") && written.contains("T")) {
        return Optional.of(OffsetDateTime.parse(written).toInstant());
      }
      return Optional.of(LocalDateTime.parse(written).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void calendars(TaskField field, Consumer<Calendar> use) {
    task.each(
        field,
        scalar -> {
          String name = scalar.text().trim();
          try {
            use.accept(folder.calendar(name, zone));
          } catch (SourceException e) {
            task.wrong(CALENDAR, scalar, field.key(), CalendarFile.told(name, e));
          }
        });
  }
}
