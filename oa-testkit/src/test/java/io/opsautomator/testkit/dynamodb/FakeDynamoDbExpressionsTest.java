package io.opsautomator.testkit.dynamodb;

import static io.opsautomator.testkit.dynamodb.Samples.TABLE;
import static io.opsautomator.testkit.dynamodb.Samples.item;
import static io.opsautomator.testkit.dynamodb.Samples.key;
import static io.opsautomator.testkit.dynamodb.Samples.l;
import static io.opsautomator.testkit.dynamodb.Samples.n;
import static io.opsautomator.testkit.dynamodb.Samples.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Each element of the expression grammar, and what is refused of it. */
final class FakeDynamoDbExpressionsTest {
  private static final Map<String, AttributeValue> SAMPLE =
      item(
          "p",
          "s",
          "n",
          n(5),
          "t",
          s("hello"),
          "l",
          l(n(1), s("x"), l(n(7))),
          "m",
          AttributeValue.fromM(Map.of("a", n(1), "b", AttributeValue.fromM(Map.of("c", s("y"))))),
          "ss",
          AttributeValue.fromSs(List.of("x", "y")),
          "ns",
          AttributeValue.fromNs(List.of("1", "2")),
          "size",
          n(3));
  private static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":one",
          n(1),
          ":five",
          n(5),
          ":nine",
          n(9),
          ":x",
          s("x"),
          ":h",
          s("he"),
          ":ll",
          s("ll"),
          ":S",
          s("S"),
          ":list",
          l(n(9)),
          ":set",
          AttributeValue.fromSs(List.of("y", "z")));

  private final FakeDynamoDb fake = Samples.fake();

  /** Names and values that an expression does not use are refused. */
  private static Map<String, AttributeValue> valuesOf(String... expressions) {
    Map<String, AttributeValue> used = new HashMap<>();
    VALUES.forEach(
        (name, value) -> {
          if (String.join(" ", expressions).matches(".*" + name + "\\b.*")) {
            used.put(name, value);
          }
        });
    return used.isEmpty() ? null : used;
  }

  private Map<String, AttributeValue> update(String expression) {
    fake.putItem(put -> put.tableName(TABLE).item(SAMPLE));
    return change(request -> request.updateExpression(expression), expression);
  }

  private Map<String, AttributeValue> change(
      Consumer<UpdateItemRequest.Builder> more, String... expressions) {
    return fake.updateItem(
            request -> {
              request
                  .tableName(TABLE)
                  .key(key("p", "s"))
                  .returnValues(ReturnValue.ALL_NEW)
                  .expressionAttributeValues(valuesOf(expressions));
              more.accept(request);
            })
        .attributes();
  }

  private void assertInvalid(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .as(e.getMessage())
                    .isEqualTo("ValidationException"));
  }

  // -- Conditions ---------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_exists(n)",
        "attribute_not_exists(spare)",
        "attribute_exists(m.b.c) AND attribute_exists(l[2][0])",
        "attribute_type(t, :S)",
        "begins_with(t, :h)",
        "contains(t, :ll)",
        "contains(ss, :x)",
        "contains(ns, :one)",
        "contains(l, :x)",
        "n = :five",
        "n <> :one AND spare <> :one",
        "n < :nine AND n <= :five AND n > :one AND n >= :five",
        "n BETWEEN :one AND :nine",
        "n IN (:one, :five)",
        "size(t) = :five AND size(l) > :one AND size(m) > :one",
        "NOT n = :one",
        "n = :one OR n = :five AND t <> :x",
        "(n = :one OR n = :five) AND m.a = :one",
        "n = :one or not (t = :x)",
        "pk <> :x AND begins_with(sk, :x) OR n = :five",
      })
  void holds(String condition) {
    fake.putItem(put -> put.tableName(TABLE).item(SAMPLE));
    assertThat(change(request -> request.conditionExpression(condition), condition))
        .isEqualTo(SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_exists(m.x)",
        "attribute_not_exists(l[0])",
        "attribute_type(n, :S)",
        "begins_with(n, :h)",
        "contains(ss, :h)",
        "n = :x",
        "spare < :five",
        "t < :five",
        "n BETWEEN :one AND :one",
        "n IN (:one, :x)",
        "size(n) = :one",
        "NOT (n = :five OR t = :x)",
      })
  void doesNotHold(String condition) {
    fake.putItem(put -> put.tableName(TABLE).item(SAMPLE));
    assertThatThrownBy(
            () ->
                change(
                    request ->
                        request
                            .conditionExpression(condition)
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD),
                    condition))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class, e -> assertThat(e.item()).isEqualTo(SAMPLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n",
        "n = ",
        "n = :unknown",
        "#unknown = :one",
        "n == :one",
        "((n = :one))",
        "(n = :one",
        "exists(n)",
        "attribute_exists(:one)",
        "size = :one",
        "status = :one",
        "_n = :one",
        "n = n",
        "begins_with(t, :one)",
        "attribute_type(n, :x)",
        "n < :list",
        "n BETWEEN :nine AND :one",
        "n BETWEEN :one AND :x",
        "pk[0] = :one",
        "n = :one; t = :x",
      })
  void refusesConditions(String condition) {
    assertInvalid(() -> change(request -> request.conditionExpression(condition), condition));
  }

  @Test
  void refusesNamesAndValuesThatNothingUses() {
    assertInvalid(
        () ->
            change(
                request ->
                    request
                        .conditionExpression("attribute_exists(n)")
                        .expressionAttributeNames(Map.of("#n", "n"))));
    assertInvalid(
        () -> change(request -> request.conditionExpression("attribute_exists(n)"), ":one"));
    assertInvalid(() -> change(request -> {}, ":one"));
  }

  // -- Updates ------------------------------------------------------------------------------------

  @Test
  void setsValuesSumsAndParts() {
    assertThat(update("SET n = n + :one, t = :x, m.b.c = n, l[0] = :nine"))
        .containsEntry("n", n(6))
        .containsEntry("t", s("x"))
        .containsEntry("l", l(n(9), s("x"), l(n(7))))
        .extractingByKey("m")
        .satisfies(map -> assertThat(map.m().get("b").m()).containsEntry("c", n(5)));
    assertThat(update("SET n = :one - n")).containsEntry("n", n(-4));
    assertThat(update("SET spare = if_not_exists(spare, :nine) + :one"))
        .containsEntry("spare", n(10));
    assertThat(update("set l = list_append(l, :list)"))
        .containsEntry("l", l(n(1), s("x"), l(n(7)), n(9)));
    assertThat(update("SET spare = list_append(if_not_exists(spare, :list), :list)"))
        .containsEntry("spare", l(n(9), n(9)));
    assertThat(update("SET l[17] = :x")).containsEntry("l", l(n(1), s("x"), l(n(7)), s("x")));
  }

  @Test
  void readsEverythingAsItWas() {
    assertThat(update("SET n = t, t = n")).containsEntry("n", s("hello")).containsEntry("t", n(5));
    assertThat(update("SET l[0] = l[1] REMOVE l[1]")).containsEntry("l", l(s("x"), l(n(7))));
  }

  @Test
  void removesAddsAndDeletes() {
    assertThat(update("REMOVE n, m.b, l[0], l[1], spare"))
        .doesNotContainKey("n")
        .containsEntry("m", AttributeValue.fromM(Map.of("a", n(1))))
        .containsEntry("l", l(l(n(7))));
    assertThat(update("ADD n :one, spare :nine, ss :set"))
        .containsEntry("n", n(6))
        .containsEntry("spare", n(9))
        .containsEntry("ss", AttributeValue.fromSs(List.of("x", "y", "z")));
    assertThat(update("DELETE ss :set")).containsEntry("ss", AttributeValue.fromSs(List.of("x")));
    assertThat(update("SET t = :x REMOVE n ADD m.a :one DELETE ss :set"))
        .containsEntry("t", s("x"))
        .doesNotContainKey("n");
  }

  @Test
  void aSetWithoutMembersIsNone() {
    update("SET ss = :set");
    assertThat(change(request -> request.updateExpression("DELETE ss :set"), ":set"))
        .doesNotContainKey("ss");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET",
        "n = :one",
        "SET n = :one SET t = :x",
        "SET n = :one, n = :five",
        "SET m = :one, m.a = :five",
        "SET m.a = :one REMOVE m[0]",
        "SET pk = :x",
        "REMOVE sk",
        "SET n = spare",
        "SET spare.x = :one",
        "SET m[0] = :one",
        "REMOVE spare.x",
        "SET n = n + :x",
        "SET t = t + :one",
        "SET n = list_append(n, :list)",
        "SET n = sum(n, :one)",
        "ADD t :one",
        "ADD n :x",
        "DELETE n :one",
        "DELETE ns :set",
        "SET size = :one",
        "SET bin = :one",
      })
  void refusesUpdates(String update) {
    assertInvalid(() -> update(update));
  }

  @Test
  void answersWhatIsAskedFor() {
    fake.putItem(put -> put.tableName(TABLE).item(item("p", "s", "n", n(1), "m", map())));
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(TABLE)
            .key(key("p", "s"))
            .updateExpression("SET n = n + :one, m.a = :x REMOVE t")
            .expressionAttributeValues(valuesOf(":one :x"))
            .build();
    assertThat(returned(request, ReturnValue.NONE)).isEmpty();
    assertThat(returned(request, ReturnValue.ALL_OLD)).containsEntry("n", n(2)).hasSize(4);
    assertThat(returned(request, ReturnValue.ALL_NEW)).containsEntry("n", n(4)).hasSize(4);
    assertThat(returned(request, ReturnValue.UPDATED_OLD)).containsEntry("n", n(4)).hasSize(2);
    assertThat(returned(request, ReturnValue.UPDATED_NEW))
        .containsEntry("n", n(6))
        .containsEntry("m", AttributeValue.fromM(Map.of("a", s("x"))));
  }

  private static AttributeValue map() {
    return AttributeValue.fromM(Map.of("b", n(2)));
  }

  private Map<String, AttributeValue> returned(UpdateItemRequest request, ReturnValue which) {
    return fake.updateItem(request.toBuilder().returnValues(which).build()).attributes();
  }

  // -- Projections --------------------------------------------------------------------------------

  @Test
  void projectsParts() {
    fake.putItem(put -> put.tableName(TABLE).item(SAMPLE));
    assertThat(
            fake.getItem(
                    get ->
                        get.tableName(TABLE)
                            .key(key("p", "s"))
                            .projectionExpression("#s, m.b.c, l[2], l[0], spare.x")
                            .expressionAttributeNames(Map.of("#s", "size")))
                .item())
        .isEqualTo(
            Map.of(
                "size",
                n(3),
                "l",
                l(n(1), l(n(7))),
                "m",
                AttributeValue.fromM(Map.of("b", AttributeValue.fromM(Map.of("c", s("y")))))));
  }
}
