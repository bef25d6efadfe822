package io.opsautomator.templategen.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is written is read back as the same, whatever it is. */
final class TextTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ODD =
      List.of(
          "",
          "yes",
          "No",
          "ON",
          "null",
          "~",
          "1",
          "1.0",
          "0x1f",
          "1e3",
          "-1",
          "2012-10-17",
          "12:30",
          " x",
          "x ",
          "a: b",
          "a #b",
          "- a",
          "*",
          "&a",
          "!a",
          "{a}",
          "[a]",
          "%a",
          "@a",
          "`a`",
          "'",
          "\"",
          "\\",
          "a'b",
          "\n",
          "a\nb",
          "\t",
          "é",
          "\u0085",
          "\u2028",
          "😀",
          "a:",
          ":a",
          "?",
          "|",
          ">",
          "arn:aws:s3:::a",
          "AWS::S3::Bucket",
          "true",
          "nan",
          ".inf",
          "=",
          "<<",
          "a,b",
          "x.y");

  @Test
  void jsonAndYamlSayTheSame() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Value value = Value.of(Map.of("it", any(random, 4)));

      Object json = JSON.readValue(JsonText.of(value), Object.class);
      Object yaml = new Yaml().load(YamlText.of((Fields) value));

      assertThat(yaml).as("seed 7, round %d", i).isEqualTo(json);
    }
  }

  @Test
  void everyOddTextStaysAText() throws Exception {
    for (String text : ODD) {
      Fields value = Value.fields().with("k", text).with(text, List.of(text));

      Object json = JSON.readValue(JsonText.of(value), Object.class);
      Object yaml = new Yaml().load(YamlText.of(value));

      Map<String, Object> expected = new LinkedHashMap<>(Map.of("k", text));
      expected.put(text, List.of(text));
      assertThat(json).isEqualTo(expected);
      assertThat(yaml).as("'%s'", text).isEqualTo(expected);
    }
  }

  private static Object any(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 7 : 4);
    return switch (kind) {
      case 0 -> random.nextInt(1000) - 500;
      case 1 -> random.nextBoolean();
      case 2, 3 -> ODD.get(random.nextInt(ODD.size()));
      case 4 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(any(random, depth - 1));
        }
        yield list;
      }
      case 5 -> Value.ref(ODD.get(random.nextInt(ODD.size())));
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(ODD.get(random.nextInt(ODD.size())), any(random, depth - 1));
        }
        yield map;
      }
    };
  }
}
