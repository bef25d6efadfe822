package io.opsautomator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes, and what must not be written down. */
final class SourceTextTest {
  private static final int P90_METHOD_LINES = 15;

  /** The bad classes are there to be bad. */
  private static final String BAD = "/architecture/bad/";

  @Test
  void sourcesKeepTheirMeasureAndAreFinished() {
    assertThat(sources("main", "test").flatMap(source -> source.complaints().stream())).isEmpty();
  }

  @Test
  void nineOfTenMethodsFitOnHalfAScreen() {
    assertThat(p90(sources("main").flatMap(SourceRules::methodLengths).toList()))
        .isLessThanOrEqualTo(P90_METHOD_LINES);
  }

  @Test
  void everyBadHabitIsSeen() {
    String text =
        """
        import org.mockito.Mockito;

        // TODO finish
        record Wide(int a, int b, int c, int d, int e, int f, int g, int h, int i) {
          @Disabled
          void test(int a, int b, int c, int d, int e, int f, int g, int h) throws Exception {
            Thread.sleep(1);
          %s}
        }
        """
            .formatted("\n".repeat(SourceRules.METHOD_LINES));

    assertThat(SourceRules.of("Wide.java", text + "\n".repeat(SourceRules.FILE_LINES)).complaints())
        .containsExactly(
            "Wide.java has 459 lines; at most 400",
            "Wide.java:5: test has 53 lines; at most 50",
            "Wide.java:5: test has more than 7 parameters",
            "Wide.java:4: Wide has more than 8 components",
            "Wide.java:3: says that something is unfinished",
            "Wide.java:5: disables a test",
            "Wide.java:1: mocks; write a fake",
            "Wide.java:7: sleeps");
  }

  @Test
  void theNinetiethPercentileIsTheNinthOfTen() {
    assertThat(p90(IntStream.rangeClosed(1, 10).boxed().toList())).isEqualTo(9);
  }

  private static Stream<SourceRules> sources(String... sets) {
    return BuildModule.all().stream()
        .flatMap(module -> Stream.of(sets).flatMap(set -> module.sources(set).stream()))
        .filter(file -> !file.toString().replace('\\', '/').contains(BAD))
        .map(SourceRules::read);
  }

  private static int p90(List<Integer> lengths) {
    List<Integer> sorted = lengths.stream().sorted().collect(Collectors.toList());
    return sorted.get((sorted.size() * 9 + 9) / 10 - 1);
  }
}
