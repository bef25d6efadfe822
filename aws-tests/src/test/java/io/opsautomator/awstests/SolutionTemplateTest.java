package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.aws.deployment.Variable;
import io.opsautomator.aws.dynamodb.TableShape;
import io.opsautomator.aws.sqs.SqsQueues.Role;
import io.opsautomator.templategen.solution.SolutionTemplate;
import io.opsautomator.templategen.solution.StoreTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the template of a deployment says, and what the adapters expect: neither knows the other.
 */
final class SolutionTemplateTest {
  private final JsonNode resources;

  SolutionTemplateTest() throws IOException {
    resources = new ObjectMapper().readTree(SolutionTemplate.template().json()).get("Resources");
  }

  @Test
  void functionsAndContainersAreGivenSettingsThatTheyKnowAndAllThatTheyNeed() {
    Set<String> known = keys(Arrays.asList(Variable.values()));
    Set<String> needed = keys(Arrays.stream(Variable.values()).filter(Variable::required).toList());

    for (String function : List.of("SchedulerFunction", "WorkerFunction", "DirectFunction")) {
      Set<String> given = new TreeSet<>();
      properties(function).at("/Environment/Variables").fieldNames().forEachRemaining(given::add);
      assertThat(known).as(function).containsAll(given);
      assertThat(given).as(function).containsAll(needed);
    }
    List<String> container =
        properties("ServiceTask")
            .at("/ContainerDefinitions/0/Environment")
            .findValuesAsText("Name");
    assertThat(known).containsAll(container);
    assertThat(container).containsAll(needed);
  }

  @Test
  void messagesAreGivenUpWhenTheQueueExpectsThemToBe() {
    assertThat(receives("WorkQueue")).isEqualTo(Role.WORK.receives());
    assertThat(receives("CheckQueue")).isEqualTo(Role.CHECKS.receives());
  }

  @Test
  void theTableIsKeyedAsTheStoreWantsIt() {
    StoreTable table = StoreTable.CURRENT;

    assertThat(
            new TableShape(
                table.hash(),
                table.range(),
                table.due().name(),
                table.due().hash(),
                table.due().range(),
                table.expiry()))
        .isEqualTo(TableShape.CURRENT);
  }

  @Test
  void theHandlerIsAClassOfTheLambdaModule() {
    String[] handler = properties("WorkerFunction").get("Handler").asText().split("::");

    assertThat(
            Path.of("../oa-runtime-lambda/src/main/java", handler[0].replace('.', '/') + ".java"))
        .content()
        .contains("void " + handler[1] + "(");
  }

  private int receives(String queue) {
    return properties(queue).at("/RedrivePolicy/maxReceiveCount").asInt();
  }

  private JsonNode properties(String resource) {
    return resources.get(resource).get("Properties");
  }

  private static Set<String> keys(List<Variable> variables) {
    Set<String> keys = new TreeSet<>();
    variables.forEach(variable -> keys.add(variable.key()));
    return keys;
  }
}
