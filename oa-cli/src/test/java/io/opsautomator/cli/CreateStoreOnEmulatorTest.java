package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AwsEndpoint.class)
final class CreateStoreOnEmulatorTest {
  private final EmulatedAws emulated;

  CreateStoreOnEmulatorTest(EmulatedAws emulated) {
    this.emulated = emulated;
  }

  private CommandLineRun createStore(String table) {
    return CommandLineRun.oa(
        "aws", "create-store", "--table", table, "--endpoint", emulated.address().toString());
  }

  @Test
  void theTableIsMadeOnceAndIsFoundTheSecondTime() {
    assertThat(createStore("made-once").succeeds().out())
        .contains("Made table made-once in us-east-1", "OA_TABLE=made-once");
    assertThat(createStore("made-once").succeeds().out()).contains("is there", "as a store needs");
  }

  @Test
  void aNameThatNoTableCanHaveIsBadInput() {
    assertThat(createStore("a b").failsPlainly(Failure.BAD_INPUT).err()).contains("--table", "a b");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    assertThat(CommandLineRun.oa("aws").failsPlainly(Failure.BAD_INPUT).err())
        .contains("create-store");
  }
}
