package io.opsautomator.templategen.cloudformation;

/** Values by themselves, without a template around them: policies, schemas. */
public final class Documents {
  private Documents() {}

  /** Indented by two; ends with a line feed. */
  public static String json(Fields document) {
    return JsonText.of(document) + "\n";
  }
}
