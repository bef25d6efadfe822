package io.opsautomator.templategen;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Reach;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.Param;
import io.opsautomator.action.Permission;
import io.opsautomator.event.EventType;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.TagFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Actions of other houses. */
final class Samples {
  private static final String ID = "00000000-0000-0000-0000-000000000001";

  private Samples() {}

  record Thing() {
    static final ResourceType<Thing> TYPE =
        new ResourceType<>("sample", "Things", Thing.class, true);
  }

  record NoParams() {}

  enum Speed {
    SLOW,
    FAST
  }

  record WrongParams(
      @Param(label = "Unseen", hidden = true, required = true) String unseen,
      @Param(label = "Posix", pattern = "[[:alpha:]]+") String posix) {}

  record ClashingParams(
      @Param(label = "Regions") List<String> regions,
      @Param(label = "VPC", awsType = "AWS::EC2::Vpc Id", required = true) String vpc) {}

  record KindParams(
      @Param(label = "Needed", required = true, max = 20) String needed,
      @Param(label = "Needed list", required = true) List<String> neededList,
      @Param(label = "VPC", awsType = "AWS::EC2::VPC::Id", required = true) String vpc,
      @Param(label = "Subnet", awsType = "AWS::EC2::Subnet::Id") String subnet,
      @Param(label = "Count", min = 1, max = 9, description = "How many") int count,
      @Param(label = "Ratio") double ratio,
      @Param(label = "Patience") Duration patience,
      @Param(label = "Perhaps", min = 1) Optional<Integer> perhaps,
      @Param(label = "Switch") boolean on,
      @Param(label = "Maybe") Optional<Boolean> maybe,
      @Param(label = "Speed") Speed speed,
      @Param(label = "Other speed") Optional<Speed> otherSpeed,
      @Param(
              label = "Which",
              allowed = {"a", "b"})
          List<String> which,
      @Param(label = "Filter") Optional<TagFilter> filter,
      @Param(label = "Ports", min = 1, max = 65535) List<Integer> ports,
      @Param(label = "Code", pattern = "[A-Z]{3}", group = "Codes") String code,
      @Param(label = "Password", secret = true, group = "Codes") String password,
      @Param(label = "Inner", hidden = true) String inner) {
    static final KindParams DEFAULTS =
        new KindParams(
            "?",
            List.of("?"),
            "?",
            "",
            3,
            0.5,
            Duration.ofMinutes(90),
            Optional.empty(),
            true,
            Optional.empty(),
            Speed.FAST,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(80, 443),
            "",
            "",
            "in");
  }

  private static <P extends Record> ActionMetadata.Builder<P> sample(String name, P defaults) {
    return ActionMetadata.of(name, defaults)
        .titled("Sample " + name, "Does nothing")
        .version("1.0", ID)
        .selects(Thing.TYPE, Aggregation.RESOURCE)
        .permissions(Permission.anywhere("sample:ListThings"));
  }

  static ActionMetadata<?> homeOnly() {
    return sample("HomeOnly", new NoParams()).reach(Reach.HOME_REGION).build();
  }

  static ActionMetadata<?> wrong() {
    return sample("Wrong", new WrongParams("?", "")).build();
  }

  static ActionMetadata<?> clashing() {
    return sample("Clashing", new ClashingParams(List.of(), "?")).build();
  }

  static ActionMetadata<?> everyKind() {
    EventType made = new EventType("sample.things", "Thing Made", "made-well");
    return sample("EveryKind", KindParams.DEFAULTS)
        .firedBy(made)
        .regionWide(made)
        .withoutCompletion()
        .build();
  }

  static ActionMetadata<?> needing(String name, Permission... permissions) {
    return sample(name, new NoParams()).permissions(permissions).build();
  }

  static ActionCatalog catalog() {
    return ActionCatalog.of(List.of(action(homeOnly()), action(everyKind())));
  }

  private static <P extends Record> Action<P> action(ActionMetadata<P> metadata) {
    return new Action<>() {
      @Override
      public ActionMetadata<P> metadata() {
        return metadata;
      }

      @Override
      public Outcome execute(ActionContext<P> context) {
        return Outcome.of(java.util.Map.of());
      }
    };
  }
}
