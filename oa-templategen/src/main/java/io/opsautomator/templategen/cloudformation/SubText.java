package io.opsautomator.templategen.cloudformation;

import io.opsautomator.templategen.cloudformation.Reference.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names in a text for {@code Fn::Sub}. */
final class SubText {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)(}?)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+|AWS::[A-Za-z]+");
  private static final Pattern ATTRIBUTE = Pattern.compile("([A-Za-z0-9]+)\\.[A-Za-z0-9_.]+");

  private SubText() {}

  /** {@code own} are names that have their values beside the text. */
  static List<Reference> references(String text, Collection<String> own) {
    List<Reference> found = new ArrayList<>();
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      String name = places.group(1);
      if (places.group(2).isEmpty()) {
        found.add(new Reference(Kind.MALFORMED, places.group()));
      } else if (!name.startsWith("!") && !own.contains(name)) {
        found.add(reference(name));
      }
    }
    return found;
  }

  private static Reference reference(String name) {
    Matcher attribute = ATTRIBUTE.matcher(name);
    if (attribute.matches()) {
      return Reference.ofResource(attribute.group(1));
    }
    return NAME.matcher(name).matches()
        ? Reference.to(name)
        : new Reference(Kind.MALFORMED, "${" + name + "}");
  }
}
