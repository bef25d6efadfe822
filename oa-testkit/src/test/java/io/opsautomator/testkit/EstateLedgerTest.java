package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The ledger's file outlives its process, and the estate can be built again from it. */
final class EstateLedgerTest {
  @TempDir private Path folder;
  private final VirtualTime time = VirtualTime.startingAt("2026-03-01T00:00:00Z");

  @Test
  void buildsTheSameEstateAgainFromItsFile() {
    Path file = folder.resolve("estate.jsonl");
    Estate estate = written(file);
    Estate again = Estate.open(file, time, 1);
    assertThat(again.picture()).isEqualTo(estate.picture());
    assertThat(again.calls()).isEqualTo(estate.calls()).hasSize(3);
    time.advance(Duration.ofHours(1));
    assertThat(again.picture()).contains("stopped").isEqualTo(estate.picture());
  }

  /** Nobody closes the estate here: what is asserted is what a killed process leaves behind. */
  @Test
  void hasEachCallInTheFileBeforeItAnswers() throws IOException {
    Path file = folder.resolve("estate.jsonl");
    Estate estate = written(file);
    int before = Files.readAllLines(file).size();
    estate.faults().loseNextAnswer("CreateTags");
    assertThatThrownBy(
            () ->
                estate
                    .ec2()
                    .createTags(
                        r -> r.resources("i-1").tags(Tag.builder().key("a").value("b").build())))
        .hasMessageContaining("lost");
    assertThat(Files.readAllLines(file)).hasSize(before + 1);
    assertThat(Estate.open(file, time, 1).picture()).contains("{a=b}");
  }

  @Test
  void dropsALineThatWasCutShortAndGoesOnBehindTheLastWholeOne() throws IOException {
    Path file = folder.resolve("estate.jsonl");
    String picture = written(file).picture();
    Files.writeString(file, "{\"call\":{\"he", StandardOpenOption.APPEND);
    Estate again = Estate.open(file, time, 1);
    assertThat(again.picture()).isEqualTo(picture);
    again.ec2().deleteTags(r -> r.resources("i-1"));
    assertThat(Estate.open(file, time, 1).calls()).hasSize(4);
  }

  @Test
  void neverMakesUpAnIdTwiceAfterItWasOpenedAgain() {
    Path file = folder.resolve("estate.jsonl");
    written(file);
    Estate again = Estate.open(file, time, 1);
    time.advance(Duration.ofMinutes(1));
    again.ec2().createSnapshot(r -> r.volumeId("vol-1"));
    assertThat(again.ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots()).hasSize(2);
  }

  @Test
  void namesALineThatIsNoneOfItsOwn() throws IOException {
    Path file = folder.resolve("estate.jsonl");
    Files.writeString(file, "hello\n");
    assertThatThrownBy(() -> Estate.open(file, time, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("estate.jsonl line 1");
  }

  private Estate written(Path file) {
    Estate estate = Estate.at(time);
    estate.instance("i-1", "t3.micro", Map.of());
    estate.persistTo(file);
    estate.in(Estate.HOME).stopFallsBack("i-1", "");
    estate.ec2().createSnapshot(r -> r.volumeId("vol-1").description("before the stop"));
    estate.ec2().stopInstances(r -> r.instanceIds("i-1"));
    estate.ec2().describeInstances();
    return estate;
  }
}
