package io.opsautomator.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The kept inputs of a target: a file with an input a line, so that hundreds of them are one small
 * file whose changes can be read. Printable characters stand for themselves, {@code \n} for the end
 * of a line, {@code \xHH} for any other byte.
 *
 * <p>Fuzzers want a folder with a file an input; {@link #main} goes back and forth.
 */
final class Corpus {
  /** Inputs kept of one target, and how long they may be: it is read in every build. */
  private static final int MOST = 200;

  private static final int LONGEST = 1_500;

  private Corpus() {}

  /** {@code unpack FILE FOLDER}, or {@code pack FOLDER FILE}. */
  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[1]);
    Path to = Path.of(args[2]);
    if (args[0].equals("unpack")) {
      unpack(from, to);
    } else {
      pack(from, to);
    }
  }

  static List<byte[]> read(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Corpus::unescape).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(Path file, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<byte[]> inputs = read(file);
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(folder.resolve(String.format("kept-%04d", i)), inputs.get(i));
    }
  }

  /**
   * Adds to what is kept, from the shortest to the longest, in an order that is always the same.
   */
  private static void pack(Path folder, Path file) throws IOException {
    List<String> kept = Files.exists(file) ? Files.readAllLines(file) : List.of();
    Set<String> lines = new LinkedHashSet<>(kept);
    List<String> more = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path input : files.filter(Files::isRegularFile).toList()) {
        String line = escape(Files.readAllBytes(input));
        if (line.length() <= LONGEST && !lines.contains(line)) {
          more.add(line);
        }
      }
    }
    more.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    int room = Math.max(0, MOST - lines.size());
    for (int i = 0; i < Math.min(room, more.size()); i++) {
      lines.add(more.get((int) ((long) i * more.size() / Math.min(room, more.size()))));
    }
    Files.write(file, lines);
  }

  static String escape(byte[] input) {
    StringBuilder line = new StringBuilder();
    for (byte b : input) {
      if (b == '\n') {
        line.append("\\n");
      } else if (b == '\\') {
        line.append("\\\\");
      } else if (b >= ' ' && b < 0x7f) {
        line.append((char) b);
      } else {
        line.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
    }
    return line.toString();
  }

  static byte[] unescape(String line) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        bytes.append(c);
      } else if (line.charAt(++i) == 'x') {
        bytes.append((char) HexFormat.fromHexDigits(line, i + 1, i + 3));
        i += 2;
      } else {
        bytes.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
      }
    }
    return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
