package dev.heddle.http;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// What the fuzzer has found, and what it started from, run as plain tests. How to fuzz:
/// docs/fuzzing.md.
class FuzzCorpusTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// What takes any bytes.
  private interface Target {
    void run(byte[] input) throws Exception;
  }

  @TestFactory
  List<DynamicContainer> corpus() throws IOException {
    return List.of(
        container("Request", RequestFuzz::fuzzerTestOneInput),
        container("Fields", FieldsFuzz::fuzzerTestOneInput),
        container("Forwarded", ForwardedFuzz::fuzzerTestOneInput),
        container("Multipart", MultipartFuzz::fuzzerTestOneInput),
        container("Inflate", InflateFuzz::fuzzerTestOneInput),
        container("Router", RouterFuzz::fuzzerTestOneInput));
  }

  private static DynamicContainer container(String name, Target target) throws IOException {
    try (Stream<Path> inputs = Files.list(folder(name))) {
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

  private static Path folder(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(FuzzCorpusTest.class.getResource("fuzz/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
