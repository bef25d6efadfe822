package io.opsautomator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each library's manifest names it, and exports all its packages but the internal ones. */
final class BundleManifestTest {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  static List<String> libraries() {
    return Stream.of("oa-core", "oa-sqlite", "oa-aws", "oa-testkit", "oa-actions")
        .filter(name -> !BuildModule.named(name).sources("main").isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryExportsExactlyItsPublicPackages(String library) throws IOException {
    BuildModule module = BuildModule.named(library);
    Attributes manifest = manifest(module);

    assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("io.opsautomator." + library);
    assertThat(manifest.getValue("Automatic-Module-Name"))
        .isEqualTo(library.replace("oa-", "io.opsautomator."));
    assertThat(exported(manifest)).isEqualTo(publicPackages(module));
  }

  @Test
  void exportsAreReadWithoutWhatIsSaidAboutThem() throws IOException {
    String text =
        """
        Manifest-Version: 1.0
        Export-Package: one.two;uses:="three,four";version="1.0",five;version="2"

        """;

    assertThat(exported(read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))))
        .containsExactlyInAnyOrder("one.two", "five");
  }

  private static Set<String> publicPackages(BuildModule module) {
    return BuildModule.classes(module.name()).stream()
        .map(type -> type.getPackageName())
        .filter(name -> !(name + ".").contains(".internal."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> exported(Attributes manifest) {
    String value = manifest.getValue("Export-Package");
    Set<String> packages = new TreeSet<>();
    if (value != null) {
      for (String clause : QUOTED.matcher(value).replaceAll("").split(",")) {
        packages.add(clause.split(";")[0].strip());
      }
    }
    return packages;
  }

  private static Attributes manifest(BuildModule module) throws IOException {
    try (InputStream in =
        Files.newInputStream(module.output().resolve("META-INF").resolve("MANIFEST.MF"))) {
      return read(in);
    }
  }

  private static Attributes read(InputStream in) throws IOException {
    return new Manifest(in).getMainAttributes();
  }
}
