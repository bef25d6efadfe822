package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.aws.Instance;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.sqlite.SqliteStore.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RedactionTest {
  private record Knock() implements Action<Knock.Params> {
    record Params(
        @Param(label = "Door") String door,
        @Param(label = "Words", secret = true) List<String> words) {}

    @Override
    public ActionMetadata<Params> metadata() {
      return ActionMetadata.of("Knock", new Params("front", List.of()))
          .titled("Knock", "Knocks")
          .version("1.0", "2f1d5a0e-8d52-4f25-9b8e-0e7f7f8f4a11")
          .selects(Instance.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), 0)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Params> ctx) {
      return Outcome.of("door", Evidence.confirmed("knocked"));
    }
  }

  private final Redaction redaction = new Redaction(ActionCatalog.of(List.of(new Knock())));

  private static Item item(String kind, String json) {
    return new Item(kind, Map.of("id", "x"), Optional.of(json));
  }

  private String shown(Item... items) {
    List.of(items).forEach(redaction::learn);
    return String.join(
        "\n", List.of(items).stream().map(redaction::shown).map(Json::line).toList());
  }

  private static String definition(String action, String parameters) {
    String definition = "{\"action\":\"" + action + "\",\"parameters\":" + parameters + "}";
    return "{\"v\":1,\"definition\":" + Json.line(definition) + "}";
  }

  @Test
  void whatTheActionCallsSecretIsMaskedHoweverItIsSpelt() {
    String json = definition("Knock", "{\"Door\":\"back\",\"words\":[\"open\",\"sesame\"]}");
    assertThat(shown(item("task", json)))
        .isEqualTo(
            "{\"kind\":\"task\",\"key\":{\"id\":\"x\"},\"item\":{\"v\":1,\"definition\":"
                + "{\"action\":\"Knock\",\"parameters\":{\"Door\":\"back\",\"words\":\"****\"}}}}");
  }

  @Test
  void aSecretIsMaskedInEveryTextOfEveryItem() {
    Item run =
        item("run", "{\"cause\":" + definition("Knock", "{\"Words\":\"a \\\"b\\\" c\"}") + "}");
    Item execution =
        item(
            "execution",
            "{\"journal\":[{\"step\":\"say a \\\"b\\\" c\",\"json\":"
                + Json.line("{\"said\":\"a \\\"b\\\" c!\",\"times\":[1,2]}")
                + "}]}");
    assertThat(shown(execution, run).lines().findFirst())
        .contains(
            "{\"kind\":\"execution\",\"key\":{\"id\":\"x\"},\"item\":{\"journal\":"
                + "[{\"step\":\"say ****\",\"json\":{\"said\":\"****!\",\"times\":[1,2]}}]}}");
  }

  @Test
  void aNumberMayBeASecret() {
    assertThat(
            shown(
                item("task", definition("Knock", "{\"Words\":[4711]}")),
                item("run", "{\"count\":4711,\"other\":47}")))
        .doesNotContain("4711")
        .contains("\"other\":47");
  }

  @Test
  void ofAnActionThatIsNotInstalledEverythingIsTakenForSecret() {
    assertThat(
            shown(item("task", definition("Gone", "{\"A\":\"long enough\",\"B\":true,\"C\":7}"))))
        .contains("{\"A\":\"****\",\"B\":\"****\",\"C\":\"****\"}");
  }

  @Test
  void whatIsNoJsonStaysText() {
    assertThat(shown(item("execution", "{\"payload\":\"{broken\",\"outcome\":\"fine\"}")))
        .contains("{\"payload\":\"{broken\",\"outcome\":\"fine\"}");
  }

  @Test
  void aDamagedItemIsNamed() {
    assertThat(Json.line(redaction.shown(new Item("run", Map.of("id", "r"), Optional.empty()))))
        .isEqualTo("{\"kind\":\"run\",\"key\":{\"id\":\"r\"},\"damaged\":true}");
  }
}
