package io.opsautomator.templategen.solution;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.List;

/** Documents of IAM and of resources. */
final class Policies {
  private static final String VERSION = "2012-10-17";

  private Policies() {}

  static Fields document(Object... statements) {
    return Value.fields().with("Version", VERSION).with("Statement", List.of(statements));
  }

  /** {@code resources} is one or a list. */
  static Fields allow(String id, List<String> operations, Object resources) {
    return Value.fields()
        .with("Sid", id)
        .with("Effect", "Allow")
        .with("Action", operations)
        .with("Resource", resources);
  }

  /** Whom AWS's services may act for. */
  static Fields trust(String... services) {
    return document(
        Value.fields()
            .with("Effect", "Allow")
            .with("Principal", Value.fields().with("Service", List.of(services)))
            .with("Action", "sts:AssumeRole"));
  }

  /** Refuses whoever comes without TLS. */
  static Fields onlyEncrypted(String operations, Object resources) {
    return Value.fields()
        .with("Sid", "OnlyOverTls")
        .with("Effect", "Deny")
        .with("Principal", "*")
        .with("Action", operations)
        .with("Resource", resources)
        .with(
            "Condition",
            Value.fields().with("Bool", Value.fields().with("aws:SecureTransport", "false")));
  }
}
