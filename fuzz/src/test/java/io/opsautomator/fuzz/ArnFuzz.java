package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.ArnPattern;
import io.opsautomator.resource.Denylist;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Two lines: a pattern of ARNs, and the id of a resource. The verdict on its last part is compared
 * with that of the obvious regular expression.
 */
final class ArnFuzz {
  record Thing() {}

  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");
  private static final ResourceType<Thing> INSTANCE =
      new ResourceType<>("ec2", "Instances", Thing.class, true)
          .withArn("arn:{partition}:ec2:{region}:{account}:instance/*");
  private static final ResourceType<Thing> NAMELESS =
      new ResourceType<>("ec2", "Things", Thing.class, true);
  private static final String EVERYWHERE = "arn:*:*:*:*:";
  private static final int SHORT = 12;

  private ArnFuzz() {}

  static void check(String input) {
    String[] lines = input.split("\n", 2);
    String id = lines.length > 1 ? lines[1] : "i-0abc";
    ArnPattern pattern;
    try {
      pattern = ArnPattern.parse(lines[0]);
    } catch (InvalidExpressionException e) {
      Claims.points(e, lines[0].strip());
      return;
    }
    claim(ArnPattern.parse(pattern.toString()).equals(pattern), "does not read back");
    Resource<?> instance = new Resource<>(INSTANCE, id, SCOPE, Map.of(), new Thing());
    Denylist list = new Denylist(Set.of(), List.of(), List.of(pattern));
    claim(list.denies(instance).isPresent() == pattern.matches(instance), "two verdicts");
    pattern.matches(new Resource<>(NAMELESS, id, SCOPE, Map.of(), new Thing()));
    String text = pattern.toString();
    if (text.startsWith(EVERYWHERE)
        && !id.startsWith("arn:")
        && text.length() < EVERYWHERE.length() + SHORT) {
      boolean expected =
          regex(text.substring(EVERYWHERE.length())).matcher("instance/" + id).matches();
      claim(pattern.matches(instance) == expected, "the verdict is not " + expected);
    }
  }

  private static Pattern regex(String glob) {
    StringBuilder regex = new StringBuilder();
    glob.codePoints()
        .forEach(
            c ->
                regex.append(
                    c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
