package io.opsautomator.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.testkit.internal.EstateEc2;
import io.opsautomator.testkit.internal.EstateSsm;
import io.opsautomator.testkit.internal.EstateSts;
import io.opsautomator.testkit.internal.KnownCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What the simulated AWS knows, and what it says of all else. */
final class KnownCallsTest {
  private final Estate estate = Estate.at(VirtualTime.startingAt("2026-03-01T00:00:00Z"));

  private static String page() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    Path root = Files.exists(folder.resolve("docs")) ? folder : folder.getParent();
    return Files.readString(root.resolve("docs/writing-an-action.md"), UTF_8);
  }

  /** It was a bare UnsupportedOperationException, once for each rule of a contract. */
  @Test
  void anOperationThatItDoesNotKnowIsNamedWithThoseThatItKnows() {
    assertThatThrownBy(() -> estate.ec2().describeInstanceAttribute(r -> r.instanceId("i-1")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith(
            "the simulated AWS does not know ec2:DescribeInstanceAttribute; it knows:"
                + " ec2:CreateSnapshot, ec2:CreateSnapshots, ")
        .hasMessageEndingWith(
            "ec2:TerminateInstances; use what it knows, or test against the emulator"
                + " (tools/aws-emulator)");
    assertThatThrownBy(() -> estate.ec2().describeVpcsPaginator().forEach(page -> {}))
        .hasMessageContaining("does not know ec2:DescribeVpcs;");
  }

  @Test
  void aRunThatCallsItSaysSo() {
    ActionHarness<Sample.Params> unknown =
        Sample.harness(
            (sample, ctx) -> {
              sample.aws().client(Ec2Client.class, ctx).describeVpcs();
              return sample.stop(ctx);
            });

    assertThat(unknown.run().reason()).contains("the simulated AWS does not know ec2:DescribeVpcs");
  }

  @Test
  void paginatorsAndConsumersReachWhatItKnows() {
    estate.instance("i-1", "t3.micro", Map.of());
    assertThat(estate.ec2().describeInstancesPaginator().reservations()).hasSize(1);
    assertThat(estate.ec2().describeInstances(r -> r.instanceIds("i-1")).reservations()).hasSize(1);
    assertThat(estate.ec2().serviceName()).isEqualTo("ec2");
  }

  @Test
  void thePageListsThem() throws IOException {
    Set<String> known = new TreeSet<>(KnownCalls.of(EstateEc2.class, "ec2"));
    known.addAll(KnownCalls.of(EstateSsm.class, "ssm"));
    known.addAll(KnownCalls.of(EstateSts.class, "sts"));

    assertThat(page().replace('\n', ' ')).contains("`" + String.join("`, `", known) + "`");
  }
}
