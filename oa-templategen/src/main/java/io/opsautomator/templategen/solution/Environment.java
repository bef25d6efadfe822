package io.opsautomator.templategen.solution;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Pseudo;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.List;

/** The settings of a deployment as environment variables, for functions and containers alike. */
final class Environment {
  private Environment() {}

  static Fields variables() {
    return Value.fields()
        .with("OA_DEPLOYMENT", Pseudo.STACK_NAME)
        .with("OA_TABLE", Value.ref(Ids.TABLE))
        .with("OA_WORK_QUEUE_URL", Value.ref(Ids.WORK_QUEUE))
        .with("OA_CHECK_QUEUE_URL", Value.ref(Ids.CHECK_QUEUE))
        .with("OA_DEAD_LETTER_QUEUE_URL", Value.ref(Ids.DEAD_LETTERS))
        .with("OA_PAYLOAD_BUCKET", Value.ref(Ids.BUCKET))
        .with("OA_ROLE", Value.ref(Settings.ROLE))
        .with("OA_EXTERNAL_ID", Value.ref(Settings.EXTERNAL_ID))
        .with("OA_SESSION_TAGS", Value.ref(Settings.SESSION_TAGS))
        .with("OA_SESSION_POLICY", Value.ref(Settings.SESSION_POLICY))
        .with("OA_REGIONS", Value.join(",", Value.ref(Settings.REGIONS)))
        .with("OA_HISTORY_DAYS", Value.ref(Settings.HISTORY));
  }

  /** The same as a container wants them. */
  static List<Fields> pairs() {
    return variables().entries().entrySet().stream()
        .map(one -> Value.fields().with("Name", one.getKey()).with("Value", one.getValue()))
        .toList();
  }
}
