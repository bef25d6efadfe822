package io.opsautomator.cli;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.action.Permission;
import io.opsautomator.event.EventType;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The manual page of one action, out of its metadata alone. */
final class ActionHelp {
  private static final int WIDTH = 96;

  private final PrintWriter out;
  private final Style style;
  private final ActionMetadata<?> about;

  ActionHelp(PrintWriter out, Style style, ActionMetadata<?> about) {
    this.out = out;
    this.style = style;
    this.about = about;
  }

  void print() {
    ActionMetadata.Identity identity = about.identity();
    out.println(style.bold(identity.name()) + " " + identity.version() + " - " + identity.title());
    wrapped(identity.description(), "  ");
    out.println();
    facts();
    groups().forEach(this::parameters);
    events();
    permissions();
  }

  private void facts() {
    ActionMetadata.Selection selection = about.selection();
    fact("Selects", selection.type().key() + ", one execution for each " + per(selection));
    fact("Works", Style.word(selection.reach()));
    if (selection.destructive()) {
      fact("Careful", "destructive; nothing starts before everything is listed");
    }
    if (!selection.bareWildcards()) {
      fact("Tag filter", "* and ** are not allowed");
    }
    fact("Completes", completes(about.limits().completionTimeout()));
    if (about.limits().maxConcurrent() > 0) {
      fact("At once", "at most " + about.limits().maxConcurrent());
    }
  }

  private static String per(ActionMetadata.Selection selection) {
    String per = Style.word(selection.aggregation());
    return selection.batchSize() == 0
        ? per
        : per + ", at most " + selection.batchSize() + " resources";
  }

  private static String completes(Duration timeout) {
    return timeout.isZero()
        ? "as soon as it has acted"
        : "within " + timeout.toMinutes() + " minutes unless the task says otherwise";
  }

  private void fact(String name, String text) {
    out.println("  " + style.dim(String.format("%-11s", name)) + text);
  }

  private Map<String, List<Field>> groups() {
    Map<String, List<Field>> groups = new LinkedHashMap<>();
    for (Field field : about.parameters().fields()) {
      String group = field.about().group().isEmpty() ? "Parameters" : field.about().group();
      groups.computeIfAbsent(group, key -> new ArrayList<>()).add(field);
    }
    return groups;
  }

  private void parameters(String group, List<Field> fields) {
    out.println();
    out.println(style.bold(group));
    for (Field field : fields) {
      String required = field.about().required() ? style.odd(" (required)") : "";
      out.println("  " + style.bold(field.name()) + required + style.dim("  " + form(field)));
      wrapped(sentences(field.about()), "      ");
    }
  }

  private static String sentences(Param about) {
    return about.description().isEmpty()
        ? about.label()
        : about.label() + ". " + about.description();
  }

  /** Type, what is allowed, and the default, as far as there are any. */
  private static String form(Field field) {
    List<String> parts = new ArrayList<>(List.of(field.typeName()));
    if (!field.allowed().isEmpty() && !field.typeName().contains(field.allowed().get(0))) {
      parts.add("one of " + String.join(", ", field.allowed()));
    }
    if (!field.bounds().isEmpty()) {
      parts.add(field.bounds());
    }
    if (field.about().secret()) {
      parts.add("secret");
    }
    field.fallback().ifPresent(value -> parts.add("default: " + inWords(field, value)));
    return String.join("; ", parts);
  }

  /** A switch is called as its type is. */
  private static String inWords(Field field, String value) {
    if (!field.typeName().equals("yes or no")) {
      return value;
    }
    return value.equals("true") ? "yes" : "no";
  }

  private void events() {
    List<String> events = sorted(about);
    if (!events.isEmpty()) {
      out.println();
      out.println(style.bold("Events that can start it"));
      events.forEach(event -> out.println("  " + event));
    }
    if (!about.triggers().onSchedule()) {
      out.println("  (never on a schedule)");
    }
  }

  private static List<String> sorted(ActionMetadata<?> about) {
    return about.triggers().events().stream().map(ActionHelp::words).sorted().toList();
  }

  private static String words(EventType event) {
    return event.source() + " / " + event.detailType() + " / " + event.name();
  }

  private void permissions() {
    if (about.permissions().isEmpty()) {
      return;
    }
    out.println();
    out.println(style.bold("Permissions it needs"));
    for (Permission permission : ordered(about)) {
      String when = permission.onlyWith().map(p -> style.dim(", with " + p)).orElse("");
      String where = permission.resource().equals("*") ? "" : " on " + permission.resource();
      out.println("  " + operations(permission) + where + when);
    }
  }

  private static String operations(Permission permission) {
    return permission.operations().stream().sorted().collect(Collectors.joining(", "));
  }

  private static List<Permission> ordered(ActionMetadata<?> about) {
    return about.permissions().stream()
        .sorted(
            Comparator.comparing((Permission p) -> p.onlyWith().orElse(""))
                .thenComparing(ActionHelp::operations))
        .toList();
  }

  private void wrapped(String text, String indent) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.isBlank() ? List.<String>of() : List.of(text.strip().split("\\s+"))) {
      if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
        out.println(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    if (!line.toString().isBlank()) {
      out.println(line.toString().stripTrailing());
    }
  }

  static Map<String, Object> asJson(ActionMetadata<?> about) {
    ActionMetadata.Identity identity = about.identity();
    ActionMetadata.Selection selection = about.selection();
    return Json.object(
        "name", identity.name(),
        "id", identity.id(),
        "version", identity.version(),
        "title", identity.title(),
        "description", identity.description(),
        "stability", Style.word(identity.stability()),
        "selects", selection.type().key(),
        "aggregation", Style.word(selection.aggregation()),
        "destructive", selection.destructive(),
        "completionMinutes", about.limits().completionTimeout().toMinutes(),
        "parameters", about.parameters().fields().stream().map(ActionHelp::asJson).toList(),
        "events", sorted(about),
        "permissions", ordered(about).stream().map(ActionHelp::asJson).toList());
  }

  private static Map<String, Object> asJson(Field field) {
    return Json.object(
        "name", field.name(),
        "type", field.typeName(),
        "label", field.about().label(),
        "description", field.about().description(),
        "group", field.about().group(),
        "required", field.about().required(),
        "secret", field.about().secret(),
        "default", field.fallback(),
        "allowed", field.allowed(),
        "bounds", field.bounds());
  }

  private static Map<String, Object> asJson(Permission permission) {
    return Json.object(
        "operations", permission.operations().stream().sorted().toList(),
        "resource", permission.resource(),
        "onlyWith", permission.onlyWith());
  }
}
