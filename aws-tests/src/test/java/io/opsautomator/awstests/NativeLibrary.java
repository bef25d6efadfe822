package io.opsautomator.awstests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The library of Lambda's runtime, in a file of this process's own: by itself the runtime unpacks
 * it to one place under {@code /tmp}, and two that start at once crash each other.
 */
final class NativeLibrary {
  private static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private NativeLibrary() {}

  private static final class Unpacked {
    static final Path FILE = unpack();

    private static Path unpack() {
      String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
      String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
      String name = "/jni/libaws-lambda-jni." + libc + "-" + arch + ".so";
      try (InputStream in =
          Optional.ofNullable(NativeLibrary.class.getResourceAsStream(name)).orElseThrow()) {
        Path file = Files.createTempFile("lambda-runtime", ".so");
        file.toFile().deleteOnExit();
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(name, e);
      }
    }
  }

  /** For the command line of the runtime's process. */
  static String option() {
    return "-D" + PROPERTY + "=" + Unpacked.FILE;
  }
}
