package dev.heddle.demo.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The demo's jar, run as a user runs it, in a process of its own.
final class Program implements AutoCloseable {
  static final Path JAR = Path.of(System.getProperty("executable.jar"));

  /// Far longer than anything takes: it only bounds a test that has failed.
  private static final long PATIENCE_SECONDS = 60;

  private static final Pattern LISTENS = Pattern.compile("echo on 127\\.0\\.0\\.1:(\\d+)[, ]");

  private final Process process;
  private final Lines out;
  private final Lines err;

  private Program(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream());
    this.err = new Lines(process.getErrorStream());
  }

  static Program start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  static Program start(Map<String, String> environment, String... args) throws IOException {
    return start(List.of("-jar", JAR.toString()), environment, args);
  }

  /// @param what the JVM's arguments, in place of `-jar` and the jar
  static Program start(List<String> what, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (isInterruptIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(what);
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.matches("HEDDLE_.*|.*JAVA_.*OPTIONS"));
    builder.environment().putAll(environment);
    return new Program(builder.start());
  }

  /// Whether this process was started so that it ignores Ctrl-C, as a shell does with background
  /// jobs. Its children would inherit that.
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  /// The port, once it listens.
  int port() {
    Matcher listens = LISTENS.matcher(out.await(line -> LISTENS.matcher(line).find()));
    assertThat(listens.find()).isTrue();
    return Integer.parseInt(listens.group(1));
  }

  /// The line it prints when it listens.
  String banner() {
    return out.await(line -> LISTENS.matcher(line).find());
  }

  /// The first line on standard error of which the condition holds, once it is there.
  String awaitError(Predicate<String> condition) {
    return err.await(condition);
  }

  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for its end, and for the last of its output.
  int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(this::toString).isTrue();
    out.awaitEnd();
    err.awaitEnd();
    return process.exitValue();
  }

  /// What it has printed so far.
  List<String> output() {
    return out.soFar();
  }

  /// What it has printed to standard error so far.
  List<String> errors() {
    return err.soFar();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "out: " + out.soFar() + ", err: " + err.soFar();
  }

  /// The lines of a stream, as they come. For one thread.
  private static final class Lines {
    private final List<String> seen = new ArrayList<>();
    private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
    private final Thread reader;

    Lines(InputStream stream) {
      reader = Thread.ofPlatform().daemon().start(() -> read(stream));
    }

    private void read(InputStream stream) {
      try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line; (line = lines.readLine()) != null; ) {
          arriving.add(line);
        }
      } catch (IOException e) {
        arriving.add(e.toString());
      }
    }

    String await(Predicate<String> condition) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      for (int next = 0; ; next++) {
        while (next == seen.size()) {
          if (System.nanoTime() - end > 0 || (!reader.isAlive() && arriving.isEmpty())) {
            throw new AssertionError("the line never came; there are " + seen);
          }
          takeOne();
        }
        if (condition.test(seen.get(next))) {
          return seen.get(next);
        }
      }
    }

    private void takeOne() {
      try {
        String line = arriving.poll(100, TimeUnit.MILLISECONDS);
        if (line != null) {
          seen.add(line);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    List<String> soFar() {
      arriving.drainTo(seen);
      return List.copyOf(seen);
    }

    void awaitEnd() throws InterruptedException {
      reader.join();
    }
  }
}
