package io.opsautomator.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.Brake;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Terms;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is written is read again, whatever is in it; without what is larger than an item. */
final class ItemFormsTest {
  private static final int ROUNDS = 2_000;

  private final ExecutionItems items = new ExecutionItems(new Texts(Optional.empty()));

  @Test
  void anExecutionIsReadAsItWasWritten() {
    RandomForms random = new RandomForms(1);
    for (int i = 0; i < ROUNDS; i++) {
      Execution execution = random.execution();

      Map<String, AttributeValue> item = items.write(execution, i, "w" + i);

      assertThat(items.read(new Row(item))).isEqualTo(new Stored<>(execution, i, "w" + i));
      assertThat(item).doesNotContainKeys(Shape.DUE_PK, Shape.DUE_SK);
    }
  }

  @Test
  void aGateIsReadAsItWasWrittenWithItsQueueAndBrake() {
    RandomForms random = new RandomForms(2);
    for (int i = 0; i < ROUNDS; i++) {
      GateImage image = random.gate();

      Row row = new Row(GateItems.write(image, i, "w"));

      assertThat(GateItems.read(image.gate().key(), row).item()).isEqualTo(image);
    }
  }

  @Test
  void aTicketIsReadAsItWasWritten() {
    RandomForms random = new RandomForms(3);
    for (int i = 0; i < ROUNDS; i++) {
      var ticket = random.ticket();

      assertThat(Tickets.read(Tickets.value(ticket))).isEqualTo(ticket);
    }
  }

  @Test
  void aTextIsReadAsItWasWrittenHoweverItIsKept() {
    Texts texts = new Texts(Optional.empty());
    RandomForms random = new RandomForms(4);
    for (int i = 0; i < ROUNDS; i++) {
      String text = random.text().repeat(random.number(200));

      assertThat(texts.unpack(texts.pack("run/r", text))).isEqualTo(text);
    }
  }

  /** A later program may add what an earlier one need not know. */
  @Test
  void whatIsNotKnownIsSkipped() {
    Execution execution = new RandomForms(5).execution();
    Map<String, AttributeValue> item = new HashMap<>(items.write(execution, 1, "w"));
    item.put("later", Item.text("something"));

    assertThat(items.read(new Row(item)).item()).isEqualTo(execution);
  }

  @Test
  void aLaterFormIsRefusedInWords() {
    Execution execution = new RandomForms(6).execution();
    Map<String, AttributeValue> item = new HashMap<>(items.write(execution, 1, "w"));
    item.put(Shape.FORM, Item.number(Forms.CURRENT + 1));

    assertThatThrownBy(() -> items.read(new Row(item)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("form 2")
        .hasMessageContaining("use a newer one");
  }

  @Test
  void whatAnAttributeHasToBeIsSaidIfItIsMissingOrOfAnotherType() {
    Execution execution = new RandomForms(7).execution();
    Map<String, AttributeValue> item = new HashMap<>(items.write(execution, 1, "w"));
    item.put(ExecutionItems.EPOCH, Item.text("7"));
    assertThatThrownBy(() -> items.read(new Row(item)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("'ep'")
        .hasMessageContaining(execution.id().value());

    item.remove(ExecutionItems.EPOCH);
    assertThatThrownBy(() -> items.read(new Row(item)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("'ep'");
  }

  /** The narrowest of all items: the gate of a limit, which no bucket can relieve. */
  @Test
  void aGateOfThreeThousandSlotsFitsIntoAnItem() {
    GateImage image = new RandomForms(8).full(3_000, 25);

    assertThat(Sizes.of(GateItems.write(image, 1, "01234567zzzz"))).isLessThan(400_000);
  }

  @Test
  void aGateWithoutABrakeIsNotOneWithALooseBrake() {
    Gate plain = new RandomForms(9).full(2, 0).gate();
    Brake loose = new Brake(0, Terms.NONE);
    Gate braked =
        new Gate(
            plain.key(),
            plain.limit(),
            plain.revision(),
            plain.held(),
            plain.serial(),
            false,
            Optional.of(loose));

    assertThat(plain.brake()).isEmpty();
    assertThat(again(plain).brake()).isEmpty();
    assertThat(again(braked).brake()).contains(loose);
  }

  private static Gate again(Gate gate) {
    GateImage image = new GateImage(gate, List.of(), false, Map.of());
    return GateItems.read(gate.key(), new Row(GateItems.write(image, 1, "w"))).item().gate();
  }

  @Test
  void instantsSortAsTextsAsTheyDo() {
    RandomForms random = new RandomForms(10);
    for (int i = 0; i < ROUNDS; i++) {
      Instant one = random.instant();
      Instant other = random.instant();

      assertThat(Integer.signum(Key.sortable(one).compareTo(Key.sortable(other))))
          .isEqualTo(Integer.signum(one.compareTo(other)));
    }
  }
}
