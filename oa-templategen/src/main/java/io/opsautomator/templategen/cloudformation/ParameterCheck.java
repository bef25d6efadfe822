package io.opsautomator.templategen.cloudformation;

import io.opsautomator.templategen.cloudformation.InvalidTemplateException.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether a parameter's constraints fit its type, and its default and allowed values fit them. */
final class ParameterCheck {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}([.][0-9]{1,18})?");
  private static final Pattern TYPE =
      Pattern.compile(
          "String|Number|List<Number>|CommaDelimitedList"
              + "|(List<)?AWS::[A-Za-z0-9]+::[A-Za-z0-9]+(::[A-Za-z0-9]+)*>?"
              + "|AWS::SSM::Parameter::(Name|Value<[A-Za-z0-9:<>]+>)");
  private static final int LONGEST_DESCRIPTION = 4000;
  private static final int LONGEST_VALUE = 4096;

  private final String element;
  private final Parameter parameter;
  private final List<Violation> wrong;

  private ParameterCheck(String id, Parameter parameter, List<Violation> wrong) {
    this.element = "Parameters." + id;
    this.parameter = parameter;
    this.wrong = wrong;
  }

  static void check(String id, Parameter parameter, List<Violation> wrong) {
    new ParameterCheck(id, parameter, wrong).check();
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private void check() {
    type();
    if (parameter.description().length() > LONGEST_DESCRIPTION) {
      wrong("Description", "has more than " + LONGEST_DESCRIPTION + " characters");
    }
    ordered(parameter.bounds().values(), "Value");
    ordered(parameter.bounds().lengths(), "Length");
    if (new HashSet<>(parameter.allowed()).size() < parameter.allowed().size()) {
      wrong("AllowedValues", "has a value twice: " + twice());
    }
    boolean readable = pattern();
    parameter.allowed().forEach(value -> fits(value, "AllowedValues", readable));
    parameter.fallback().ifPresent(value -> fallback(value, readable));
  }

  private String twice() {
    List<String> left = new ArrayList<>(parameter.allowed());
    new HashSet<>(left).forEach(left::remove);
    return "'" + left.get(0) + "'";
  }

  private void type() {
    if (!TYPE.matcher(parameter.type()).matches()) {
      wrong(
          "Type",
          "'"
              + parameter.type()
              + "' is no type of a parameter; use String, Number, CommaDelimitedList,"
              + " List<Number>, or one of AWS's own such as AWS::EC2::VPC::Id");
    }
    boolean number = parameter.type().equals(Parameter.NUMBER);
    boolean text = parameter.type().equals(Parameter.STRING);
    if (!number && !parameter.bounds().values().isAny()) {
      wrong("MinValue", "and MaxValue are for the type Number, and this is " + parameter.type());
    }
    if (!text && !parameter.bounds().lengths().isAny()) {
      wrong("MinLength", "and MaxLength are for the type String, and this is " + parameter.type());
    }
  }

  private void ordered(Parameter.Range range, String what) {
    if (range.least() > range.most()) {
      wrong("Min" + what, range.least() + " is more than Max" + what + " " + range.most());
    }
  }

  private boolean pattern() {
    try {
      parameter.bounds().pattern().ifPresent(Pattern::compile);
      return true;
    } catch (PatternSyntaxException e) {
      wrong("AllowedPattern", "cannot be read: " + e.getDescription());
      return false;
    }
  }

  private void fallback(String value, boolean readable) {
    if (value.length() > LONGEST_VALUE) {
      wrong("Default", "has more than " + LONGEST_VALUE + " characters");
    }
    boolean list = parameter.type().equals(Parameter.LIST) || parameter.type().startsWith("List<");
    if (parameter.type().startsWith("AWS::SSM::")) {
      return; // the name of what has the value
    }
    List<String> values = list ? Arrays.asList(value.split(",", -1)) : List.of(value);
    for (String one : values) {
      fits(one.strip(), "Default", readable);
      if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(one.strip())) {
        wrong(
            "Default",
            "'" + one + "' is none of AllowedValues " + String.join(", ", parameter.allowed()));
      }
    }
  }

  private void fits(String value, String where, boolean patternReadable) {
    Parameter.Bounds bounds = parameter.bounds();
    boolean number = parameter.type().contains(Parameter.NUMBER);
    if (number && !isNumber(value)) {
      wrong(where, "'" + value + "' is not a number");
    } else if (number && !bounds.values().has(new BigDecimal(value))) {
      wrong(where, value + " is not within " + words(bounds.values()));
    }
    if (!bounds.lengths().has(BigDecimal.valueOf(value.length()))) {
      wrong(where, "'" + value + "' has not " + words(bounds.lengths()) + " characters");
    }
    if (patternReadable && bounds.pattern().filter(it -> !value.matches(it)).isPresent()) {
      wrong(where, "'" + value + "' does not match AllowedPattern " + bounds.pattern().get());
    }
  }

  private static String words(Parameter.Range range) {
    return (range.hasLeast() ? range.least() + "" : "any")
        + " to "
        + (range.hasMost() ? range.most() + "" : "any");
  }

  private void wrong(String attribute, String problem) {
    wrong.add(new Violation(element + "." + attribute, problem));
  }
}
