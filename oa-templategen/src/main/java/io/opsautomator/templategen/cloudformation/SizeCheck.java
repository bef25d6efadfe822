package io.opsautomator.templategen.cloudformation;

import io.opsautomator.templategen.cloudformation.InvalidTemplateException.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** CloudFormation's limits: see "Understand CloudFormation quotas" in its user guide. */
final class SizeCheck {
  private static final int PARAMETERS = 200;
  private static final int RESOURCES = 500;
  private static final int OUTPUTS = 200;
  private static final int MAPPINGS = 200;
  private static final int DESCRIPTION_BYTES = 1024;
  private static final int TEMPLATE_BYTES = 1_000_000;

  private final List<Violation> wrong = new ArrayList<>();

  private SizeCheck() {}

  static List<Violation> check(Template template, Template.Builder it) {
    SizeCheck check = new SizeCheck();
    check.count("Parameters", it.parameters.size(), PARAMETERS);
    check.count("Mappings", it.mappings.size(), MAPPINGS);
    check.count("Resources", it.resources.size(), RESOURCES);
    check.count("Outputs", it.outputs.size(), OUTPUTS);
    if (it.resources.isEmpty()) {
      check.wrong.add(new Violation("Resources", "are none; a template has at least one"));
    }
    check.bytes("Description", bytes(it.description), DESCRIPTION_BYTES);
    check.bytes("JSON", bytes(template.json()), TEMPLATE_BYTES);
    check.bytes("YAML", bytes(template.yaml()), TEMPLATE_BYTES);
    return check.wrong;
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private void count(String section, int size, int most) {
    if (size > most) {
      wrong.add(new Violation(section, "are " + size + "; CloudFormation takes " + most));
    }
  }

  private void bytes(String what, int size, int most) {
    if (size > most) {
      wrong.add(new Violation(what, "has " + size + " bytes; CloudFormation takes " + most));
    }
  }
}
