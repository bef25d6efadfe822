package io.opsautomator.templategen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.task.TaskFile;
import io.opsautomator.task.TaskValidator;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TaskFileSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String file(String fields) {
    return "{\"tasks\":[{" + fields.replace('\'', '"') + "}]}";
  }

  private static boolean schemaTakes(String fields) throws IOException {
    JsonNode schema = JSON.readTree(TaskFileSchema.json(Bundled.actions()));
    return new SchemaReader(schema).takes(JSON.readTree(file(fields)));
  }

  private static boolean weTake(String fields) {
    TaskFile.Parsed parsed = TaskFile.parse("tasks.json", file(fields));
    return parsed.check(new TaskValidator(Bundled.CATALOG), Instant.EPOCH).valid();
  }

  private static void bothTake(String fields) throws IOException {
    assertThat(schemaTakes(fields)).as(fields).isTrue();
    assertThat(weTake(fields)).as(fields).isTrue();
  }

  private static void neitherTakes(String fields) throws IOException {
    assertThat(schemaTakes(fields)).as(fields).isFalse();
    assertThat(weTake(fields)).as(fields).isFalse();
  }

  @Test
  void ofOneActionItIsThis() throws IOException {
    Golden.check(
        "Ec2DeleteSnapshot.tasks.schema.json",
        TaskFileSchema.json(List.of(Bundled.action("Ec2DeleteSnapshot"))));
  }

  @Test
  void itKnowsJustTheFieldsThatTasksHave() throws IOException {
    String told = TaskFile.parse("x.json", file("'wwwwwwwwwww': 1")).problems().toString();
    String known = told.replaceAll("(?s).*?known: (.*?)(?:\\]|, x\\.json).*", "$1");
    Set<String> fields = new TreeSet<>(Arrays.asList(known.split(", ")));
    JsonNode schema = JSON.readTree(TaskFileSchema.json(Bundled.actions()));

    Set<String> ours = new TreeSet<>();
    schema.at("/$defs/task/properties").fieldNames().forEachRemaining(ours::add);
    assertThat(ours).isEqualTo(fields);
  }

  @Test
  void whatItTakesWeTake() throws IOException {
    String delete = "'name':'t','action':'Ec2DeleteSnapshot',";
    bothTake(delete + "'parameters':{'RetentionCount':1000}");
    bothTake(delete + "'parameters':{'RetentionDays':1,'KeepAtLeast':0}");
    bothTake(delete + "'parameters':{'RetentionCount':1},'regions':['eu-west-1'],'waves':'10%'");
    String stop = "'name':'t','action':'Ec2StopInstances',";
    bothTake(stop + "'interval':'0 0 * * *','timezone':'UTC','timeout':'90m','enabled':'no'");
    bothTake(stop + "'parameters':{'Hibernate':true},'concurrency':3,'overlap':'skip'");
    bothTake(stop + "'accounts':['123456789012'],'externalId':'ab','maxShrink':'30%'");
  }

  @Test
  void whatItRefusesWeRefuse() throws IOException {
    String delete = "'name':'t','action':'Ec2DeleteSnapshot',";
    neitherTakes(delete + "'parameters':{'RetentionCount':1001}");
    neitherTakes(delete + "'parameters':{'RetentionCount':-1}");
    neitherTakes(delete + "'parameters':{'RetentionCount':1.5}");
    neitherTakes(delete + "'parameters':{'RetentionCount':1,'Hibernate':true}");
    neitherTakes("'name':'t','action':'Ec2DeleteSnapshots'");
    neitherTakes("'action':'Ec2StopInstances'");
    neitherTakes("'name':'-','action':'Ec2StopInstances'");
    String stop = "'name':'t','action':'Ec2StopInstances',";
    neitherTakes(stop + "'overlap':'never'");
    neitherTakes(stop + "'waves':'many'");
    neitherTakes(stop + "'externalId':'a'");
    neitherTakes(stop + "'intervall':'0 0 * * *'");
    neitherTakes(stop + "'timeout':'soon'");
  }

  @Test
  void everyKindOfParameterHasItsForm() throws IOException {
    Golden.check("EveryKind.tasks.schema.json", TaskFileSchema.json(List.of(Samples.everyKind())));
  }
}
