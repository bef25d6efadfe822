package io.opsautomator.templategen;

import io.opsautomator.action.Param;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.templategen.cloudformation.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One parameter of an action as a parameter of a template.
 *
 * <p>What the template lets pass is what {@link io.opsautomator.task.TaskValidator} lets pass, as
 * far as CloudFormation can tell; where it cannot (a whole number, the grammar of a filter, rules
 * between parameters), the template is the wider of the two, never the narrower. Something optional
 * is left out by leaving it empty, so constraints of such a parameter admit the empty text.
 */
final class FieldForm {
  /** Where Java's patterns, which are CloudFormation's, mean something else than RE2's. */
  private static final Pattern ONLY_RE2 = Pattern.compile("\\[\\[:|\\(\\?P<|\\\\C|\\\\z");

  /** What a pattern admits around what matters. */
  private static final Pattern BLANKS = Pattern.compile("^\\\\s\\*|\\\\s\\*$");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?");
  private static final String NUMBER_OR_NOTHING = "(-?[0-9]+([.][0-9]+)?)?";

  private final Field field;
  private final Param about;
  private final boolean list;
  private final String element;

  FieldForm(Field field) {
    this.field = field;
    this.about = field.about();
    this.list = field.typeName().startsWith("list, each ");
    this.element = list ? field.typeName().substring("list, each ".length()) : field.typeName();
  }

  /** What a template cannot express, and would have to. */
  static List<String> problems(Field field) {
    List<String> wrong = new ArrayList<>();
    if (field.about().hidden() && field.about().required()) {
      wrong.add(
          field.name() + " is hidden and required, so no template could give it; drop one of them");
    }
    if (ONLY_RE2.matcher(field.about().pattern()).find()) {
      wrong.add(
          field.name()
              + " has the pattern '"
              + field.about().pattern()
              + "', which CloudFormation reads in another way; use no [[:…:]], (?P<…>), \\C, \\z");
    }
    return wrong;
  }

  boolean isList() {
    return list;
  }

  /** The type in words, of each element if it is a list. */
  String element() {
    return element;
  }

  /** Whether it may be left empty. */
  boolean optional() {
    return !about.required();
  }

  /** Whether nothing stands in the form to begin with. */
  boolean emptyAtFirst() {
    return optional() && field.fallback().isEmpty();
  }

  Parameter parameter() {
    Parameter it = described(Parameter.of(type()));
    it = field.fallback().isPresent() ? it.orElse(fallback()) : it;
    it = emptyAtFirst() ? it.orElse("") : it;
    List<String> allowed = allowed();
    if (!allowed.isEmpty()) {
      it = it.oneOf(allowed);
    } else {
      it = it.type().equals("Number") ? numbers(it) : texts(it);
    }
    return about.secret() ? it.hidden() : it;
  }

  private Parameter described(Parameter it) {
    String text = about.description();
    boolean ended = text.isEmpty() || text.endsWith(".") || text.endsWith("…");
    return it.labelled(about.label()).described(ended ? text : text + ".");
  }

  private boolean isNumber() {
    return element.endsWith("number") || element.equals("minutes");
  }

  private boolean isSwitch() {
    return element.equals("yes or no");
  }

  /** A type of AWS's own takes no empty text. */
  private String type() {
    if (!about.awsType().isEmpty() && !emptyAtFirst()) {
      return about.awsType();
    }
    if (list) {
      return "CommaDelimitedList";
    }
    boolean number = isNumber() && !emptyAtFirst() && field.fallback().filter(odd()).isEmpty();
    return number ? "Number" : "String";
  }

  /** Such as a duration that is no number of minutes. */
  private static Predicate<String> odd() {
    return text -> !NUMBER.matcher(text).matches();
  }

  private String fallback() {
    String text = field.fallback().orElse("");
    return isSwitch() ? text.equals("true") ? "Yes" : "No" : text;
  }

  private List<String> allowed() {
    List<String> only = new ArrayList<>(isSwitch() ? List.of("Yes", "No") : field.allowed());
    if (!only.isEmpty() && emptyAtFirst()) {
      only.add(0, "");
    }
    return only;
  }

  private Parameter numbers(Parameter it) {
    return it.atLeast(about.min()).atMost(about.max());
  }

  private Parameter texts(Parameter it) {
    boolean text = it.type().equals("String") && !isNumber();
    Parameter bounded = it;
    if (text && !emptyAtFirst()) {
      long least = about.required() ? Math.max(1, about.min()) : about.min();
      bounded = it.minLength(Math.max(least, 0) == 0 ? Long.MIN_VALUE : least);
    }
    bounded = text ? bounded.maxLength(about.max()) : bounded;
    Optional<String> pattern = pattern();
    boolean own = !about.awsType().isEmpty() && bounded.type().equals(about.awsType());
    return pattern.isPresent() && !own ? bounded.matching(pattern.get(), words()) : bounded;
  }

  private Optional<String> pattern() {
    String inner = about.pattern();
    if (inner.isEmpty() && isNumber()) {
      return element.equals("minutes") ? Optional.empty() : Optional.of(NUMBER_OR_NOTHING);
    }
    if (inner.isEmpty()) {
      return about.required() && list ? Optional.of("(?s).+") : Optional.empty();
    }
    return Optional.of(optional() ? "(" + inner + ")?" : inner);
  }

  private String words() {
    String inner = BLANKS.matcher(about.pattern()).replaceAll("");
    String form = inner.isEmpty() ? element : "a text of the form " + inner;
    String each = list ? "each: " + form : form;
    return optional() ? each + "; or nothing at all" : each;
  }
}
