package io.opsautomator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kept inputs, replayed in every build; {@code tools/soak fuzz} looks for new ones. */
final class CorpusTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final int STRETCHED = 30_000;
  private static final int STRETCHED_INPUTS = 15;

  @ParameterizedTest
  @EnumSource
  void everyKeptInputIsHarmless(Target target) {
    List<byte[]> inputs = inputs(target);

    assertThat(inputs).isNotEmpty();
    inputs.forEach(input -> feed(target, input));
  }

  /** What grows faster than its input, or takes a frame of the stack for each part of it. */
  @ParameterizedTest
  @EnumSource
  void aKeptInputOverAndOverIsHarmless(Target target) {
    List<byte[]> inputs = inputs(target);
    int every = Math.max(1, inputs.size() / STRETCHED_INPUTS);
    for (int i = 0; i < inputs.size(); i += every) {
      byte[] input = inputs.get(i);
      if (input.length > 0) {
        feed(target, repeated(input));
        feed(target, lineRepeated(input));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keptInputsCutAndMixedAreHarmless(Target target) {
    Random random = new Random(20_260_102L + target.ordinal());
    List<byte[]> inputs = inputs(target);
    for (int i = 0; i < 200; i++) {
      byte[] one = inputs.get(random.nextInt(inputs.size()));
      byte[] other = inputs.get(random.nextInt(inputs.size()));
      feed(target, mixed(one, other, random));
    }
  }

  @Test
  void aLineOfACorpusIsAnyBytes() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }

    assertThat(Corpus.escape(all)).isPrintable();
    assertThat(Corpus.unescape(Corpus.escape(all))).isEqualTo(all);
  }

  @Test
  void aBrokenClaimIsAFinding() {
    assertThatCode(() -> Claims.claim(true, "")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Claims.claim(false, "two is not three"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("two is not three");
  }

  private static List<byte[]> inputs(Target target) {
    return Stream.of("corpus", "findings")
        .map(kind -> RESOURCES.resolve(kind).resolve(target.label() + ".txt"))
        .flatMap(file -> Corpus.read(file).stream())
        .toList();
  }

  private static void feed(Target target, byte[] input) {
    assertThatCode(() -> target.feed(input))
        .as(() -> target.label() + " fed with " + shown(input))
        .doesNotThrowAnyException();
  }

  private static String shown(byte[] input) {
    String text = Corpus.escape(Arrays.copyOf(input, Math.min(input.length, 2_000)));
    return input.length > 2_000 ? text + "... (" + input.length + " bytes)" : text;
  }

  private static byte[] repeated(byte[] input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (out.size() < STRETCHED) {
      out.writeBytes(input);
    }
    return out.toByteArray();
  }

  private static byte[] lineRepeated(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
    String line = text.substring(0, end);
    String many = line.isEmpty() ? "" : line.repeat(STRETCHED / line.length() + 1);
    return (many + text.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] mixed(byte[] one, byte[] other, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(one, 0, random.nextInt(one.length + 1));
    int start = random.nextInt(other.length + 1);
    out.write(other, start, other.length - start);
    return out.toByteArray();
  }
}
