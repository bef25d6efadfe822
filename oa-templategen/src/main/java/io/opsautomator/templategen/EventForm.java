package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata.Triggers;
import io.opsautomator.event.EventType;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Parameter;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The switches for the events that may start a task; the original's names for those it knew. */
final class EventForm {
  private static final String FILTER = "SourceEventTagFilter";

  /** Whoever fills in the form has to know. */
  private static final String KEPT = " Kept with the task; no event starts a run in this version.";

  /** What names of parameters begin with, and the group they are in. */
  private record Family(String prefix, String title) {}

  private static final Map<String, Family> FAMILIES =
      Map.of(
          "aws.ec2/EC2 Instance State-change Notification",
          new Family("Ec2State", "EC2 state events"),
          "aws.ec2/EBS Snapshot Notification",
          new Family("Ebs", "EBS snapshot events"),
          "aws.rds/AWS API Call via CloudTrail",
          new Family("Rds", "RDS events"),
          "ec2.aws.tag/TagChangeOnResource",
          new Family("E2cTag", "EC2 tag change events"),
          "rds.aws.tag/TagChangeOnResource",
          new Family("RdsTag", "RDS tag change events"),
          "aws:s3/S3 Object Event",
          new Family("S3", "S3 events"));

  private final Draft draft;
  private Fields events = Value.fields();
  private Fields scopes = Value.fields();

  private EventForm(Draft draft) {
    this.draft = draft;
  }

  static void add(Triggers triggers, Draft draft) {
    if (!triggers.events().isEmpty()) {
      new EventForm(draft).add(triggers);
    }
  }

  private void add(Triggers triggers) {
    List<EventType> sorted =
        triggers.events().stream()
            .sorted(
                Comparator.comparing(EventType::source)
                    .thenComparing(EventType::detailType)
                    .thenComparing(EventType::name))
            .toList();
    for (EventType event : sorted) {
      switchFor(event);
      if (triggers.regionWide().contains(event)) {
        scopeOf(event);
      }
    }
    draft.property("Events", events);
    if (!scopes.isEmpty()) {
      draft.property("EventScopes", scopes);
    }
    draft.field(FILTER, sourceFilter(), "Event source filtering");
  }

  private void switchFor(EventType event) {
    Parameter parameter =
        Parameter.yesNo(false)
            .labelled(label(event))
            .described("Starts the task at " + words(event) + "." + KEPT);
    Value given = draft.parameter(parameterName(event), parameter, family(event).title());
    events = put(events, event, given);
  }

  private void scopeOf(EventType event) {
    Parameter parameter =
        Parameter.text()
            .oneOf("resource", "region")
            .orElse("resource")
            .labelled("Resource selection scope for " + label(event))
            .described(
                "Works on the resource that the event is about, or on all of its region that the task"
                    + " selects.");
    Value given = draft.parameter(parameterName(event) + "Scope", parameter, family(event).title());
    scopes = put(scopes, event, given);
  }

  private static Parameter sourceFilter() {
    return Parameter.text()
        .orElse("")
        .labelled("Event source tag filter")
        .described(
            "Starts the task only if the tags of what the event is about match this filter.");
  }

  private static String words(EventType event) {
    return "an event '" + event.name() + "' (" + event.detailType() + ")";
  }

  private static String label(EventType event) {
    return event.name() + " event";
  }

  static String parameterName(EventType event) {
    return family(event).prefix() + camel(event.name());
  }

  private static Family family(EventType event) {
    String key = event.source() + "/" + event.detailType();
    Family known = FAMILIES.get(key);
    return known == null
        ? new Family(
            camel(event.source()) + camel(event.detailType()),
            event.detailType() + " events of " + event.source())
        : known;
  }

  /** {@code aws.ec2} as {@code AwsEc2}; a name without separators only gets its capital. */
  private static String camel(String text) {
    StringBuilder camel = new StringBuilder();
    for (String part : text.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        camel.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return camel.toString();
  }

  private static Fields put(Fields all, EventType event, Value value) {
    Fields ofSource = below(all, event.source());
    Fields ofType = below(ofSource, event.detailType()).with(event.name(), value);
    return all.with(event.source(), ofSource.with(event.detailType(), ofType));
  }

  private static Fields below(Fields all, String key) {
    return all.entries().get(key) instanceof Fields inner ? inner : Value.fields();
  }
}
