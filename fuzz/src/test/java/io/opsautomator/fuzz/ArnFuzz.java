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

/**
 * Two lines: a pattern of ARNs, and the id of a resource. The verdict on its last part is compared
 * with that of the plainest matcher.
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
    if (text.startsWith(EVERYWHERE) && !id.startsWith("arn:")) {
      boolean expected = matches(text.substring(EVERYWHERE.length()), "instance/" + id);
      claim(pattern.matches(instance) == expected, "the verdict is not " + expected);
    }
  }

  /** By a table of which beginnings of the pattern match which beginnings of the text. */
  private static boolean matches(String glob, String text) {
    int[] letters = text.codePoints().toArray();
    boolean[] matched = new boolean[letters.length + 1];
    matched[0] = true;
    for (int c : glob.codePoints().toArray()) {
      boolean[] next = new boolean[letters.length + 1];
      next[0] = c == '*' && matched[0];
      for (int i = 1; i <= letters.length; i++) {
        next[i] =
            c == '*'
                ? matched[i] || next[i - 1]
                : matched[i - 1] && (c == '?' || c == letters[i - 1]);
      }
      matched = next;
    }
    return matched[letters.length];
  }
}
