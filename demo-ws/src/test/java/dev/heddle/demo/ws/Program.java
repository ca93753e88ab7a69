package dev.heddle.demo.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The demo's jar, run as a user runs it, in a process of its own; what it prints is one stream.
final class Program implements AutoCloseable {
  /// Far longer than anything takes: it only bounds a test that has failed.
  private static final long PATIENCE_SECONDS = 60;

  private static final Pattern LISTENS = Pattern.compile("ws on 127\\.0\\.0\\.1:(\\d+) ");

  private final Process process;
  private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private Program(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().start(this::read);
  }

  static Program start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("executable.jar")));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("HEDDLE_.*|.*JAVA_.*OPTIONS"));
    return new Program(builder.start());
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        arriving.add(line);
      }
    } catch (IOException e) {
      arriving.add(e.toString());
    }
  }

  int port() throws InterruptedException {
    Matcher listens = LISTENS.matcher(await(line -> LISTENS.matcher(line).find()));
    assertThat(listens.find()).isTrue();
    return Integer.parseInt(listens.group(1));
  }

  URI uri(String target) throws InterruptedException {
    return URI.create("http://127.0.0.1:" + port() + target);
  }

  URI socket(String target) throws InterruptedException {
    return URI.create("ws://127.0.0.1:" + port() + target);
  }

  /// The first line of which the condition holds, once it is there.
  String await(Predicate<String> condition) throws InterruptedException {
    for (int next = 0; ; next++) {
      if (next == seen.size()) {
        String line = arriving.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("a line after " + seen).isNotNull();
        seen.add(line);
      }
      if (condition.test(seen.get(next))) {
        return seen.get(next);
      }
    }
  }

  /// Has it end in good order, as the system does.
  void terminate() {
    process.toHandle().destroy(); // the process's own destroy() would close its output, too
  }

  int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
