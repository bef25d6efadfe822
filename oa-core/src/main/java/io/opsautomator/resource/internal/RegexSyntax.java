package io.opsautomator.resource.internal;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.opsautomator.InvalidExpressionException;
import java.util.Locale;

/**
 * Compiles regular expressions that cannot harm: RE2 takes linear time, and {@link RegexSize}
 * bounds the automaton's size, which repeat counts would otherwise multiply; {@link RegexCase}
 * keeps off what the library does not come back from.
 */
final class RegexSyntax {
  private RegexSyntax() {}

  static Pattern compile(Piece piece) {
    String regex = piece.text();
    RegexSize.check(piece, regex);
    RegexCase.check(piece, regex);
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new InvalidExpressionException(
          piece.source(), piece.column(faultIn(regex, e)), problem(e), e);
    }
  }

  private static int faultIn(String regex, PatternSyntaxException e) {
    String fragment = e.getPattern();
    return fragment == null ? -1 : regex.lastIndexOf(fragment);
  }

  private static String problem(PatternSyntaxException e) {
    String problem = "invalid regular expression: " + e.getDescription();
    if (e.getDescription().toLowerCase(Locale.ROOT).contains("missing")) {
      return problem + "; a parenthesis that is not a group is written \\%( or \\%)";
    }
    return problem + " (RE2 syntax: there is no look-ahead, look-behind or back-reference)";
  }
}
