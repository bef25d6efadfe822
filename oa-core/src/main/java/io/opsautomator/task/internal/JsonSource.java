package io.opsautomator.task.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Place;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON, strictly. */
public final class JsonSource {
  private static final JsonFactory JSON = new JsonFactory();

  private final SourceText source;
  private final JsonParser parser;

  private JsonSource(SourceText source, JsonParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /** Empty if there is nothing but blanks. */
  public static Optional<SourceNode> read(String text) throws SourceException {
    try (JsonParser parser = JSON.createParser(text)) {
      return new JsonSource(new SourceText(text), parser).document();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String problem = "is not JSON: " + e.getOriginalMessage();
      throw at == null
          ? new SourceException(1, 1, problem, e)
          : new SourceException(at.getLineNr(), at.getColumnNr(), problem, e);
    } catch (IOException e) {
      throw new SourceException(1, 1, "is not JSON: " + e.getMessage(), e);
    }
  }

  private Optional<SourceNode> document() throws IOException, SourceException {
    if (parser.nextToken() == null) {
      return Optional.empty();
    }
    SourceNode root = node(1);
    if (parser.nextToken() != null) {
      throw SourceText.fault(place(), "something follows after the end; remove it");
    }
    return Optional.of(root);
  }

  private SourceNode node(int depth) throws IOException, SourceException {
    Place place = place();
    SourceText.descend(place, depth);
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(place, depth);
      case START_ARRAY -> items(place, depth);
      case VALUE_STRING -> source.quoted(place, parser.getText());
      default -> source.bare(place, parser.getText());
    };
  }

  private SourceNode items(Place place, int depth) throws IOException, SourceException {
    List<SourceNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return source.items(place, items);
  }

  private SourceNode fields(Place place, int depth) throws IOException, SourceException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Scalar key = source.quoted(place(), parser.getText());
      parser.nextToken();
      entries.add(new Entry(key, node(depth + 1)));
    }
    return source.fields(place, entries);
  }

  private Place place() {
    JsonLocation at = parser.currentTokenLocation();
    return new Place(at.getLineNr(), at.getColumnNr());
  }
}
