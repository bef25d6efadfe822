package io.opsautomator.testkit.internal;

import java.util.Map;

/** The service's no, before it is put into the exception type of the service's own client. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where it is not 400. Sources: the EC2 API reference, "Error codes", and answers seen. */
  private static final Map<String, Integer> STATUS =
      Map.ofEntries(
          Map.entry("UnauthorizedOperation", 403),
          Map.entry("AccessDenied", 403),
          Map.entry("AccessDeniedException", 403),
          Map.entry("AuthFailure", 401),
          Map.entry("DryRunOperation", 412),
          Map.entry("InternalError", 500),
          Map.entry("InternalFailure", 500),
          Map.entry("InsufficientInstanceCapacity", 500),
          Map.entry("InsufficientHostCapacity", 500),
          Map.entry("InsufficientVolumeCapacity", 500),
          Map.entry("RequestLimitExceeded", 503),
          Map.entry("ServiceUnavailable", 503),
          Map.entry("Unavailable", 503));

  private final String code;

  Refusal(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  int status() {
    return STATUS.getOrDefault(code, 400);
  }

  String text() {
    return String.valueOf(getMessage());
  }

  static Refusal value(String parameter, String value, String why) {
    return new Refusal(
        "InvalidParameterValue",
        "Value (" + value + ") for parameter " + parameter + " is invalid. " + why);
  }
}
