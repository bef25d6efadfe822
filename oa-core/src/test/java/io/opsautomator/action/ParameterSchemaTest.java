package io.opsautomator.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ParameterSchema.Decoded;
import io.opsautomator.action.ParameterSchema.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterSchemaTest {
  enum Copied {
    OWNED,
    SHARED_TO_ACCOUNT
  }

  enum VolumeKind {
    GP3("gp3"),
    IO2("io2");

    private final String wire;

    VolumeKind(String wire) {
      this.wire = wire;
    }

    @Override
    public String toString() {
      return wire;
    }
  }

  record Params(
      @Param(label = "Keep", group = "Retention", min = 1, max = 100) int retentionCount,
      @Param(label = "Size of the disk") long bytes,
      @Param(label = "Share", min = 0, max = 1) double share,
      @Param(label = "Copy tags") boolean copyTags,
      @Param(label = "Name", min = 2, max = 10, pattern = "[a-z]+") String prefix,
      @Param(label = "Types", pattern = "[a-z0-9]+\\.[a-z]+") List<String> types,
      @Param(label = "Ports", min = 1, max = 65535) List<Integer> ports,
      @Param(label = "Copied") Copied copied,
      @Param(label = "Kind") VolumeKind kind,
      @Param(label = "Pause") Duration pause,
      @Param(label = "Key") Optional<String> kmsKeyId,
      @Param(
              label = "Unit",
              allowed = {"hours", "days"})
          String unit) {
    static final Params DEFAULTS =
        new Params(
            7,
            0,
            0.5,
            true,
            "",
            List.of(),
            List.of(443),
            Copied.OWNED,
            VolumeKind.GP3,
            Duration.ofMinutes(5),
            Optional.empty(),
            "days");
  }

  record Needed(@Param(label = "What to send", required = true) String text) {}

  record Secrets(
      @Param(label = "Webhook", secret = true, pattern = "https://.*") String webhook,
      @Param(label = "Tokens", secret = true) List<Integer> tokens) {
    Secrets {
      if (webhook.contains("forbidden")) {
        throw new IllegalArgumentException("cannot use " + webhook);
      }
    }
  }

  private static final ParameterSchema<Params> SCHEMA = ParameterSchema.of(Params.DEFAULTS);
  private static final ParameterSchema<Secrets> SECRETS =
      ParameterSchema.of(new Secrets("", List.of()));

  private static Params read(Map<String, ?> raw) {
    return ((Decoded.Valid<Params>) SCHEMA.decode(raw)).value();
  }

  private static <P extends Record> List<Violation> wrong(
      ParameterSchema<P> schema, Map<String, ?> raw) {
    return ((Decoded.Invalid<P>) schema.decode(raw)).violations();
  }

  private static String problem(String name, Object value) {
    List<Violation> all = wrong(SCHEMA, Map.of(name, value));
    assertThat(all).hasSize(1);
    return all.get(0).toString();
  }

  @Test
  void nothingGivenMeansTheDefaults() {
    assertThat(read(Map.of())).isEqualTo(Params.DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RetentionCount", "retentionCount", "retention_count"})
  void aNameMayBeSpeltInThreeWays(String name) {
    assertThat(read(Map.of(name, 9)).retentionCount()).isEqualTo(9);
    assertThat(SCHEMA.field(name).orElseThrow().name()).isEqualTo("RetentionCount");
  }

  @Test
  void aNameGivenInTwoSpellingsIsRefused() {
    assertThat(wrong(SCHEMA, Map.of("RetentionCount", 9, "retentionCount", 8)))
        .extracting(Violation::toString)
        .containsExactly(
            "ERR_UNKNOWN_PARAMETER: RetentionCount: is given twice, in two spellings; keep one");
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearestOne() {
    assertThat(problem("RetentionCont", 3))
        .isEqualTo(
            "ERR_UNKNOWN_PARAMETER: RetentionCont: is not a parameter of this action;"
                + " did you mean 'RetentionCount'?");
    assertThat(problem("Colour", 3)).contains("known: RetentionCount, Bytes, Share");
  }

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "YES,true",
    "Enabled,true",
    "on,true",
    "1,true",
    "false,false",
    "No,false",
    "disabled,false",
    "OFF,false",
    "0,false"
  })
  void w70_aNoIsANoInWhateverWord(String word, boolean value) {
    assertThat(read(Map.of("CopyTags", word)).copyTags()).isEqualTo(value);
  }

  @Test
  void valuesAreReadFromWhateverFormTheyAreGivenIn() {
    assertThat(read(Map.of("RetentionCount", "12")).retentionCount()).isEqualTo(12);
    assertThat(read(Map.of("RetentionCount", 12.0)).retentionCount()).isEqualTo(12);
    assertThat(read(Map.of("CopyTags", 0)).copyTags()).isFalse();
    assertThat(read(Map.of("Share", "0.25")).share()).isEqualTo(0.25);
    assertThat(read(Map.of("Prefix", "abc")).prefix()).isEqualTo("abc");
    assertThat(read(Map.of("Copied", "sharedtoaccount")).copied())
        .isEqualTo(Copied.SHARED_TO_ACCOUNT);
    assertThat(read(Map.of("Kind", "IO2")).kind()).isEqualTo(VolumeKind.IO2);
    assertThat(read(Map.of("Pause", 90)).pause()).isEqualTo(Duration.ofMinutes(90));
    assertThat(read(Map.of("Pause", "PT30S")).pause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(read(Map.of("KmsKeyId", "alias/k")).kmsKeyId()).contains("alias/k");
  }

  @Test
  void d62_aTextForAListIsSplitAtCommasNotIntoCharacters() {
    assertThat(read(Map.of("Types", "m5.large, m6g.large ,")).types())
        .containsExactly("m5.large", "m6g.large");
    assertThat(read(Map.of("Ports", "80,443")).ports()).containsExactly(80, 443);
  }

  @Test
  void whatIsEmptyCountsAsAbsent() {
    Map<String, Object> raw = new HashMap<>();
    raw.put("Unit", "");
    raw.put("Ports", List.of());
    raw.put("Types", Map.of());
    raw.put("Prefix", null);
    assertThat(read(raw)).isEqualTo(Params.DEFAULTS);
  }

  @Test
  void d63_aRequiredParameterMustBeGivenAndADefaultMeansItIsNotRequired() {
    ParameterSchema<Needed> schema = ParameterSchema.of(new Needed("stand-in"));
    assertThat(wrong(schema, Map.of("Text", " ")))
        .extracting(Violation::toString)
        .containsExactly("ERR_REQUIRED_PARAM_MISSING: Text: is required and missing: What to send");
    assertThat(schema.fields().get(0).fallback()).isEmpty();
    assertThat(SCHEMA.field("Unit").orElseThrow().fallback()).contains("days");
    assertThat(read(Map.of()).unit()).isEqualTo("days");
  }

  @Test
  void everyProblemNamesValueAndRemedy() {
    assertThat(problem("RetentionCount", 0))
        .isEqualTo("ERR_MIN_VALUE: RetentionCount: '0' is out of bounds; allowed: 1 to 100");
    assertThat(problem("RetentionCount", "many"))
        .isEqualTo("ERR_WRONG_PARAM_TYPE: RetentionCount: 'many' is not a number");
    assertThat(problem("RetentionCount", 1.5)).contains("'1.5' is not a whole number");
    assertThat(problem("RetentionCount", 5_000_000_000L)).contains("is not between");
    assertThat(problem("CopyTags", "maybe")).contains("'maybe' is neither yes nor no; write true");
    assertThat(problem("Prefix", "a")).contains("ERR_MIN_LEN").contains("has 1 characters");
    assertThat(problem("Prefix", "abcdefghijk")).contains("ERR_MAX_LEN");
    assertThat(problem("Prefix", "ABC"))
        .isEqualTo("ERR_PATTERN_VALUE: Prefix: 'ABC' does not match [a-z]+");
    assertThat(problem("Types", List.of("m5.large", "huge")))
        .isEqualTo("ERR_PATTERN_VALUE: Types[1]: 'huge' does not match [a-z0-9]+\\.[a-z]+");
    assertThat(problem("Ports", List.of(0))).contains("ERR_MIN_VALUE: Ports[0]");
    assertThat(problem("Copied", "Ownd"))
        .isEqualTo(
            "ERR_NOT_ALLOWED_VALUE: Copied: 'Ownd' is none of Owned, SharedToAccount;"
                + " did you mean 'Owned'?");
    assertThat(problem("Unit", "day"))
        .isEqualTo(
            "ERR_NOT_ALLOWED_VALUE: Unit: 'day' is not allowed; use one of hours, days;"
                + " did you mean 'days'?");
    assertThat(problem("Pause", "soon"))
        .contains("neither a whole number of minutes nor a duration");
    assertThat(problem("Prefix", List.of("abc"))).contains("is a list, not a text");
    assertThat(problem("Types", Map.of("a", 1))).contains("is a map, not a list");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(wrong(SCHEMA, Map.of("RetentionCount", 0, "Unit", "x", "Nonsense", 1))).hasSize(3);
  }

  @Test
  void aPatternMatchesTheWholeTextAndCannotHang() {
    assertThat(problem("Prefix", "abc1")).contains("ERR_PATTERN_VALUE");
  }

  @Test
  void aHugeNumberIsRefusedInsteadOfUnfolded() {
    assertThat(problem("Bytes", new java.math.BigDecimal("1e999999999"))).contains("not a number");
    assertThat(problem("Bytes", "1e999999999")).contains("not a number");
    assertThat(problem("Share", Double.NaN)).contains("not a number");
  }

  @Test
  void aSecretIsNeverInAProblem() {
    String secret = "http://hooks.example/T0PS3CRET";
    assertThat(wrong(SECRETS, Map.of("Webhook", secret, "Tokens", "12,S3CRET")).toString())
        .contains("Webhook")
        .contains("not shown")
        .doesNotContain("T0PS3CRET", "S3CRET");
    assertThat(wrong(SECRETS, Map.of("Webhook", "https://forbidden/T0PS3CRET")).toString())
        .contains("cannot use ****")
        .doesNotContain("T0PS3CRET");
  }

  @Test
  void aSecretIsMaskedWhereverItIsShown() {
    assertThat(SECRETS.encode(new Secrets("https://x", List.of(7))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("Webhook", "****", "Tokens", "****"));
    assertThat(SECRETS.masked(Map.of("webhook", "https://x", "other", 1)))
        .containsExactlyInAnyOrderEntriesOf(Map.of("webhook", "****", "other", 1));
  }

  @Test
  void helpHasTypeBoundsAndDefault() {
    ParameterSchema.Field count = SCHEMA.field("RetentionCount").orElseThrow();
    assertThat(count.typeName()).isEqualTo("whole number");
    assertThat(count.bounds()).isEqualTo("1 to 100");
    assertThat(count.fallback()).contains("7");
    assertThat(count.about().group()).isEqualTo("Retention");
    assertThat(SCHEMA.field("Copied").orElseThrow().allowed())
        .containsExactly("Owned", "SharedToAccount");
    assertThat(SCHEMA.field("Ports").orElseThrow().fallback()).contains("443");
    assertThat(SCHEMA.fields()).hasSize(12);
  }

  @Test
  void whatIsWrittenReadsBack() {
    Random random = new Random(42);
    for (int i = 0; i < 500; i++) {
      Params value = any(random);
      assertThat(read(SCHEMA.encode(value))).isEqualTo(value);
    }
  }

  private static Params any(Random random) {
    List<Integer> ports = new ArrayList<>(List.of(1 + random.nextInt(65535)));
    random.ints(random.nextInt(3), 1, 65536).forEach(ports::add);
    return new Params(
        1 + random.nextInt(100),
        random.nextLong(),
        random.nextDouble(),
        random.nextBoolean(),
        random.nextBoolean() ? "" : "abc",
        random.nextBoolean() ? List.of() : List.of("m5.large", "t3.nano"),
        ports,
        Copied.values()[random.nextInt(2)],
        VolumeKind.values()[random.nextInt(2)],
        Duration.ofSeconds(random.nextInt(10_000)),
        random.nextBoolean() ? Optional.empty() : Optional.of("key" + random.nextInt()),
        random.nextBoolean() ? "hours" : "days");
  }

  record NoParam(int plain) {}

  record BadType(@Param(label = "x") Object thing) {}

  record BadDefault(@Param(label = "x", min = 5) int few) {}

  record SameName(@Param(label = "x") int count, @Param(label = "y") int Count) {}

  record BadPattern(@Param(label = "x", pattern = "[") String text) {}

  @Test
  void aRecordThatCannotBeAFormIsRefusedNamingTheComponent() {
    assertThatThrownBy(() -> ParameterSchema.of(new NoParam(1)))
        .hasMessageContaining("plain has no @Param");
    assertThatThrownBy(() -> ParameterSchema.of(new BadType("")))
        .hasMessageContaining("thing is of type java.lang.Object");
    assertThatThrownBy(() -> ParameterSchema.of(new BadDefault(1)))
        .hasMessageContaining(
            "few has a default that it does not allow: '1' is out of bounds; allowed: at least 5");
    assertThatThrownBy(() -> ParameterSchema.of(new SameName(1, 2)))
        .hasMessageContaining("Count has the wire name of another, Count");
    assertThatThrownBy(() -> ParameterSchema.of(new BadPattern("")))
        .hasMessageContaining("text has a bad pattern");
  }
}
