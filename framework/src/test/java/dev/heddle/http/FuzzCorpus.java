package dev.heddle.http;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/// What the fuzzer has found, and what it started from, as plain tests. How to fuzz:
/// docs/fuzzing.md.
@SuppressWarnings("exports") // tests are read by tests, not required as a module
public final class FuzzCorpus {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private FuzzCorpus() {}

  /// What takes any bytes.
  @FunctionalInterface
  public interface Target {
    void run(byte[] input) throws Exception;
  }

  /// The inputs of a target, in the folder `fuzz` beside a test.
  public static DynamicContainer of(Class<?> test, String name, Target target) throws IOException {
    try (Stream<Path> inputs = Files.list(folder(test, name))) {
      return DynamicContainer.dynamicContainer(
          name,
          inputs
              .sorted()
              .map(
                  file -> DynamicTest.dynamicTest(file.getFileName().toString(), run(target, file)))
              .toList());
    }
  }

  private static Executable run(Target target, Path file) {
    return () ->
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> target.run(Files.readAllBytes(file)));
  }

  private static Path folder(Class<?> test, String name) {
    try {
      return Path.of(Objects.requireNonNull(test.getResource("fuzz/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
