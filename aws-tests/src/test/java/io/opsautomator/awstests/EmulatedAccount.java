package io.opsautomator.awstests;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** An account that the emulator plays, reached by the role that there is in it. */
record EmulatedAccount(AwsConnection aws, Scope.AccountId id) {
  private static final int LAUNCHED_AT_ONCE = 500;

  Ec2Client ec2(Scope.Region region) {
    return aws.clients().client(Ec2Client.class, new Tester(new Scope(id, region)));
  }

  /** Instances that carry this tag. */
  void launch(Scope.Region region, int count, String key, String value) {
    Ec2Client ec2 = ec2(region);
    String image = ec2.describeImages(r -> r.owners("amazon")).images().get(0).imageId();
    TagSpecification tags =
        TagSpecification.builder()
            .resourceType(ResourceType.INSTANCE)
            .tags(Tag.builder().key(key).value(value).build())
            .build();
    int missing = count;
    while (missing > 0) {
      int some = Math.min(LAUNCHED_AT_ONCE, missing);
      ec2.runInstances(r -> r.imageId(image).minCount(some).maxCount(some).tagSpecifications(tags));
      missing -= some;
    }
  }

  /** May do everything, and has minutes for each call. */
  private record Tester(Scope scope) implements Invocation {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public Deadline deadline() {
      InstantSource clock = InstantSource.system();
      return new Deadline(clock.instant().plus(PATIENCE), clock);
    }

    @Override
    public boolean mayMutate() {
      return true;
    }

    @Override
    public Invocation in(Scope elsewhere) {
      return new Tester(elsewhere);
    }
  }
}
