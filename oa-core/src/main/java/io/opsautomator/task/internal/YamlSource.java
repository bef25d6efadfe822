package io.opsautomator.task.internal;

import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Place;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML from the parser's events, so nothing is ever constructed that a file names: tags are
 * refused. Anchors, aliases and merge keys ({@code <<}) work.
 */
public final class YamlSource {
  private static final String MERGE = "<<";

  private final SourceText source;
  private final Iterator<Event> events;
  private final Map<String, SourceNode> anchors = new HashMap<>();

  private long mergedValues;

  private YamlSource(String text) throws SourceException {
    this.source = new SourceText(text);
    source.checkLines();
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // the file's size has been checked
    this.events = new Yaml(options).parse(new StringReader(text)).iterator();
  }

  /** Empty if there is nothing but blanks and comments. */
  public static Optional<SourceNode> read(String text) throws SourceException {
    try {
      return new YamlSource(text).document();
    } catch (MarkedYAMLException e) {
      throw explained(e);
    } catch (ReaderException e) {
      throw unprintable(text, e);
    } catch (YAMLException e) {
      throw new SourceException(1, 1, "is not YAML: " + e.getMessage(), e);
    }
  }

  private static SourceException unprintable(String text, ReaderException e) {
    int offset =
        text.offsetByCodePoints(
            0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
    Place place = new SourceText(text).placeOf(text, offset).orElse(new Place(1, 1));
    String problem = String.format("has a control character, U+%04X; remove it", e.getCodePoint());
    return new SourceException(place.line(), place.column(), problem, e);
  }

  private static SourceException explained(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    String problem = String.valueOf(e.getProblem());
    String told =
        problem.contains("TAB") || problem.contains("'\\t")
            ? "a tab where YAML allows only blanks; replace it by blanks"
            : "is not YAML: " + problem + (e.getContext() == null ? "" : ", " + e.getContext());
    return mark == null
        ? new SourceException(1, 1, told, e)
        : new SourceException(mark.getLine() + 1, mark.getColumn() + 1, told, e);
  }

  private Optional<SourceNode> document() throws SourceException {
    Optional<SourceNode> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent && root.isPresent()) {
        throw SourceText.fault(
            place(event), "a second document begins; put all tasks under one 'tasks:'");
      }
      if (event instanceof NodeEvent node) {
        root = Optional.of(node(node, 1));
      }
    }
    return root.filter(node -> !(node instanceof Scalar s && s.value() == null));
  }

  private SourceNode node(NodeEvent event, int depth) throws SourceException {
    Place place = place(event);
    SourceText.descend(place, depth);
    if (event instanceof AliasEvent) {
      return alias(event, place);
    }
    refuseTag(event, place);
    SourceNode node = construct(event, place, depth);
    if (event.getAnchor() != null) {
      anchors.put(event.getAnchor(), node);
    }
    return node;
  }

  private SourceNode alias(NodeEvent event, Place place) throws SourceException {
    SourceNode node = anchors.get(event.getAnchor());
    if (node == null) {
      throw SourceText.fault(
          place,
          "*"
              + event.getAnchor()
              + " stands for nothing yet: its anchor &"
              + event.getAnchor()
              + " must be complete before it is used");
    }
    return node;
  }

  private SourceNode construct(NodeEvent event, Place place, int depth) throws SourceException {
    if (event instanceof SequenceStartEvent) {
      return sequence(place, depth);
    }
    if (event instanceof MappingStartEvent) {
      return mapping(place, depth);
    }
    ScalarEvent scalar = (ScalarEvent) event;
    return scalar.getScalarStyle() == ScalarStyle.PLAIN
        ? source.bare(place, scalar.getValue())
        : source.quoted(place, scalar.getValue());
  }

  private static void refuseTag(NodeEvent event, Place place) throws SourceException {
    @Nullable String tag =
        event instanceof ScalarEvent s
            ? s.getTag()
            : event instanceof SequenceStartEvent q
                ? q.getTag()
                : event instanceof MappingStartEvent m ? m.getTag() : null;
    if (tag != null) {
      throw SourceText.fault(place, "has the YAML tag '" + tag + "'; tags are not read, remove it");
    }
  }

  private Items sequence(Place place, int depth) throws SourceException {
    List<SourceNode> items = new ArrayList<>();
    for (Event e = events.next(); e instanceof NodeEvent item; e = events.next()) {
      items.add(node(item, depth + 1));
    }
    return source.items(place, items);
  }

  private Fields mapping(Place place, int depth) throws SourceException {
    List<Entry> entries = new ArrayList<>();
    Map<String, Entry> merged = new LinkedHashMap<>();
    for (Event e = events.next(); e instanceof NodeEvent keyEvent; e = events.next()) {
      SourceNode key = node(keyEvent, depth + 1);
      if (!(key instanceof Scalar name)) {
        throw SourceText.fault(
            place(keyEvent), "a " + key.kind() + " cannot be the name of a field");
      }
      SourceNode value = node((NodeEvent) events.next(), depth + 1);
      if (name.text().equals(MERGE)) {
        merge(name, value, merged);
      } else {
        entries.add(new Entry(name, value));
      }
    }
    entries.forEach(entry -> merged.remove(entry.key().text()));
    entries.addAll(merged.values());
    return source.fields(place, entries);
  }

  /** What comes first wins, as YAML says. */
  private void merge(Scalar key, SourceNode value, Map<String, Entry> merged)
      throws SourceException {
    if (value instanceof Fields fields) {
      mergedValues += fields.entries().size();
      if (mergedValues > SourceText.MAX_VALUES) {
        throw SourceText.fault(key.place(), "too much is merged; write out what is meant");
      }
      fields.entries().forEach(entry -> merged.putIfAbsent(entry.key().text(), entry));
    } else if (value instanceof Items items) {
      for (SourceNode item : items.items()) {
        merge(key, item, merged);
      }
    } else {
      throw SourceText.fault(key.place(), "'<<' merges a map, or a list of maps, nothing else");
    }
  }

  private static Place place(Event event) {
    Mark mark = event.getStartMark();
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
