package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of others that has run, in a process of its own: a client that knows nothing of us.
///
/// @param output what it wrote to standard output, in ISO-8859-1
/// @param errors what it wrote to standard error
record Tool(int exitStatus, String output, String errors) {
  /// Far longer than anything takes: it only bounds a test that has failed.
  private static final long PATIENCE_SECONDS = 60;

  /// Runs a program without input, and expects it to end well.
  static Tool run(String... command) throws IOException, InterruptedException {
    return run(new byte[0], List.of(command));
  }

  /// Runs curl, which fails at any status from 400 up.
  static Tool curl(String... arguments) throws IOException, InterruptedException {
    return curl(new byte[0], arguments);
  }

  /// Runs curl with something on its standard input.
  static Tool curl(byte[] input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-q", "-sS", "--fail-early"));
    command.addAll(List.of("--noproxy", "*", "--max-time", "" + PATIENCE_SECONDS));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  private static Tool run(byte[] input, List<String> command)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("heddle", ".log");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      Thread feeder = Thread.ofVirtual().start(() -> feed(process, input));
      String output;
      try (InputStream stream = process.getInputStream()) {
        output = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
      feeder.join();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
      Tool ran = new Tool(process.exitValue(), output, Files.readString(errors));
      assertThat(ran.exitStatus).as(command + ": " + ran.errors).isZero();
      return ran;
    } finally {
      Files.delete(errors);
    }
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input);
    } catch (IOException e) {
      // it has read as much as it wanted
    }
  }
}
