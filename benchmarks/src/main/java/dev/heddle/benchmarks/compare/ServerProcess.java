package dev.heddle.benchmarks.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A server that runs in a process of its own. What it prints goes to a log.
final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int POLL_MILLIS = 20;

  private final List<String> command;
  private final int port;
  private final Path log;
  private final Process process;

  private ServerProcess(List<String> command, int port, Path log, Process process) {
    this.command = command;
    this.port = port;
    this.log = log;
    this.process = process;
  }

  static ServerProcess start(List<String> command, int port, Path log) throws IOException {
    Process process =
        new ProcessBuilder(OutOfReach.command(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    return new ServerProcess(command, port, log, process);
  }

  String command() {
    return String.join(" ", command);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /// Returns when the server accepts connections.
  ///
  /// @throws IOException when it ends first, or takes too long
  void awaitListening() throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!accepts()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "nobody listens on port " + port + " after " + START.toSeconds() + " s" + output());
      }
      if (exitedWithin(POLL_MILLIS)) {
        throw new IOException("ended with status " + process.exitValue() + output());
      }
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// What to say of a failure to measure this server: that it ended, if it has.
  IOException explain(IOException failure) {
    return exitedWithin(POLL_MILLIS)
        ? new IOException("ended with status " + process.exitValue() + output(), failure)
        : failure;
  }

  private boolean exitedWithin(int millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private String output() {
    try {
      List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
      return lines.isEmpty() ? "" : ": " + reason(lines) + " (" + log + ")";
    } catch (IOException unreadable) {
      return "";
    }
  }

  /// The line that is most likely to say why a server ended: its exception, or what it has to say
  /// of a flag that it was given, usage and all, or its last word.
  private String reason(List<String> lines) {
    return first(lines, line -> line.startsWith("Exception in thread"))
        .or(() -> first(lines, this::namesFlag))
        .orElse(lines.getLast());
  }

  private static Optional<String> first(List<String> lines, Predicate<String> condition) {
    return lines.stream().filter(condition).findFirst();
  }

  private boolean namesFlag(String line) {
    return command.stream()
        .filter(word -> word.startsWith("--"))
        .anyMatch(word -> line.contains(word.replaceFirst("=.*", "")));
  }

  /// Tells the process to end.
  void end() {
    process.destroy();
  }

  /// Ends the process, by force if it takes long, and returns when it is no more.
  @Override
  public void close() {
    end();
    if (!exitedWithin((int) GRACE.toMillis())) {
      var _ = process.destroyForcibly();
      var _ = exitedWithin((int) GRACE.toMillis());
    }
  }
}
