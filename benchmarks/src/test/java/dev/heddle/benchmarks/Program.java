package dev.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The jar, run as a user runs it, in a process of its own, with no terminal.
public final class Program implements AutoCloseable {
  /// Far longer than anything takes: it only bounds a test that has failed.
  private static final long PATIENCE_SECONDS = 120;

  private static final Pattern CONTROL_CODES = Pattern.compile("[\\p{Cntrl}&&[^\n]]");
  private static final String TEMPORARY = "-Djava.io.tmpdir=";

  private final Path folder;
  private final Process process;

  private Program(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /// Starts it.
  ///
  /// @param folder where its output goes, and the temporary files of it and its children; these are
  ///   its working directory, too
  public static Program start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid")); // a group of its own, for Ctrl-C
    if (isInterruptIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(command(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    builder.environment().put("JAVA_TOOL_OPTIONS", TEMPORARY + temporary);
    Process process =
        builder
            .directory(temporary.toFile())
            .redirectError(folder.resolve("err").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    return new Program(folder, process);
  }

  /// How it is started.
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("executable.jar")));
    command.addAll(List.of(arguments));
    return command;
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

  /// What it has printed so far: no control codes, as nobody watches.
  public String out() throws IOException {
    return withoutControlCodes(Files.readString(folder.resolve("out"), StandardCharsets.UTF_8));
  }

  /// What it has printed to standard error so far: no control codes either.
  public String err() throws IOException {
    String all = withoutControlCodes(Files.readString(folder.resolve("err")));
    return all.lines()
        .filter(line -> !line.contains(TEMPORARY)) // which the JVM mentions
        .reduce("", (text, line) -> text + line + "\n");
  }

  private static String withoutControlCodes(String text) {
    assertThat(text).doesNotContainPattern(CONTROL_CODES);
    return text;
  }

  /// Returns when it has printed what is wanted to standard error.
  public void awaitError(Predicate<String> wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!wanted.test(err())) {
      assertThat(process.isAlive() && System.nanoTime() - end < 0).as(this::toString).isTrue();
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /// The processes that it has started.
  public List<ProcessHandle> children() {
    return process.toHandle().descendants().toList();
  }

  /// Its temporary files, and those of its children.
  public List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.toList();
    }
  }

  /// Ctrl-C, as a terminal has it: for the program and for all that it has started.
  public void interrupt() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  /// Waits for its end.
  public int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(this::toString).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
  }

  @Override
  public String toString() {
    try {
      return "out: " + out() + "\nerr: " + err();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
