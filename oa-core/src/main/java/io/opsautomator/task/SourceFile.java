package io.opsautomator.task;

import io.opsautomator.task.internal.JsonSource;
import io.opsautomator.task.internal.SourceException;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Place;
import io.opsautomator.task.internal.Utf8;
import io.opsautomator.task.internal.YamlSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What files in YAML or JSON have in common, whatever they are about. */
final class SourceFile {
  private static final int MAX_SIZE = TaskFile.MAX_SIZE;

  private SourceFile() {}

  /** At most one byte more than a file may have. */
  static byte[] bytes(Path file) throws SourceException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_SIZE + 1);
    } catch (NoSuchFileException e) {
      throw new SourceException(1, 1, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new SourceException(1, 1, "may not be read: permission denied", e);
    } catch (IOException e) {
      throw new SourceException(1, 1, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The tree; empty if there is nothing but blanks and comments.
   *
   * @param name tells JSON by its extension
   */
  static Optional<SourceNode> tree(String name, byte[] content) throws SourceException {
    if (content.length > MAX_SIZE) {
      String problem = "is larger than " + MAX_SIZE / 1_000_000 + " MB; split it";
      throw new SourceException(1, 1, problem, null);
    }
    String text = Utf8.decode(content);
    boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json");
    return json ? JsonSource.read(text) : YamlSource.read(text);
  }

  /** Tells each field that is given twice. */
  static void duplicates(SourceNode node, String path, Problems problems) {
    if (node instanceof Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        duplicates(items.items().get(i), path + "[" + i + "]", problems);
      }
    } else if (node instanceof Fields fields) {
      Map<String, Place> seen = new HashMap<>();
      for (Entry entry : fields.entries()) {
        String key = entry.key().text();
        String inner = path.isEmpty() ? key : path + "." + key;
        Place first = seen.putIfAbsent(key, entry.key().place());
        if (first != null) {
          problems.wrong(
              "ERR_FILE",
              entry.key().place(),
              inner,
              "'" + key + "' is given twice, first in line " + first.line() + "; keep one");
        }
        duplicates(entry.value(), inner, problems);
      }
    }
  }
}
