package io.opsautomator.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class PermissionTest {
  private static final String INSTANCE = "arn:{partition}:ec2:{region}:{account}:instance/*";

  @Test
  void namesOperationsAndWhatTheyWorkOn() {
    Permission stop = Permission.on(INSTANCE, "ec2:StopInstances", "ec2:StartInstances");
    assertThat(stop.operations())
        .containsExactlyInAnyOrder("ec2:StopInstances", "ec2:StartInstances");
    assertThat(stop.onlyWith()).isEmpty();
    assertThat(stop.onlyWith("StartAgain").onlyWith()).contains("StartAgain");
    assertThat(Permission.anywhere("ec2:Describe*").resource()).isEqualTo("*");
    assertThat(
            Permission.on("arn:{partition}:ec2:{region}::snapshot/*", "ec2:CopySnapshot")
                .resource())
        .endsWith("::snapshot/*");
  }

  @Test
  void d57_anArnThatKnowsOnlyOnePartitionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Permission.on("arn:aws:s3:::bucket/*", "s3:GetObject"))
        .withMessageContaining("not an ARN such as arn:{partition}:")
        .withMessageContaining("arn:aws:s3:::bucket/*");
  }

  @Test
  void aPlaceholderThatNobodyFillsInIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Permission.on("arn:{partition}:s3:::{bucket}/*", "s3:GetObject"));
  }

  @Test
  void anArnOfAnyLengthIsReadWithoutRunningOutOfStack() {
    String endless = INSTANCE + "{region}/".repeat(20_000);

    assertThat(Permission.on(endless, "ec2:StopInstances").resource()).isEqualTo(endless);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Permission.on(endless + "{re{region}gion}", "ec2:StopInstances"));
  }

  @Test
  void whatIsNoOperationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Permission.anywhere("StopInstances"))
        .withMessage("not an IAM operation: StopInstances");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Permission.anywhere())
        .withMessageContaining("without an operation");
  }

  @Test
  void d58_sizesHaveTheirOriginalNamesAndMemory() {
    assertThat(Size.XXLARGE).hasToString("XXLarge");
    assertThat(Size.XXXLARGE.mebibytes()).isEqualTo(3008);
    assertThat(Size.ECS.mebibytes()).isZero();
  }
}
