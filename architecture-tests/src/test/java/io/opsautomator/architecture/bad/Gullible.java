package io.opsautomator.architecture.bad;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.regex.Pattern;

/** Lets its input say which pattern, class or program to use. */
public final class Gullible {
  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface Anything {}

  boolean matches(String text, String pattern) {
    return text.matches("x" + pattern) || Pattern.compile(pattern).matcher(text).find();
  }

  String fine(String text) {
    return text.replaceAll("[a-z]+", "");
  }

  ObjectMapper mapper() {
    return new ObjectMapper()
        .activateDefaultTyping(BasicPolymorphicTypeValidator.builder().build());
  }

  Object read(ObjectInputStream in) throws IOException, ClassNotFoundException {
    return in.readObject();
  }

  Process start(String program) throws IOException {
    return new ProcessBuilder(program).start();
  }
}
