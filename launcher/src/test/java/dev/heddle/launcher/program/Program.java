package dev.heddle.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The executable jar of a server, run as a user runs it, in a process of its own. For one thread.
public final class Program implements AutoCloseable {
  /// What is run, unless a test says otherwise.
  public static final Path JAR = Path.of(System.getProperty("executable.jar"));

  /// Far longer than anything takes: it only bounds a test that has failed.
  static final long PATIENCE_SECONDS = 60;

  /// A banner that would be too wide is broken, and goes on behind two spaces.
  private static final Pattern LISTENS =
      Pattern.compile("^(?:heddle \\S+ \\|)? +(?!admin )\\w+ on 127\\.0\\.0\\.1:(\\d+)[, ]");

  private static final Pattern ADMIN = Pattern.compile("\\| admin on 127\\.0\\.0\\.1:(\\d+) ");

  private final Process process;

  /// Gives what the process writes to its standard output: itself, or one that follows a file.
  private final Process writer;

  /// Where it keeps what it needs for a while; goes with it.
  private final Path temporary;

  private final PrintedLines lines;

  private Program(Process process, Process writer, Path temporary) {
    this.process = process;
    this.writer = writer;
    this.temporary = temporary;
    this.lines = new PrintedLines(writer.getInputStream(), process.getErrorStream());
  }

  /// Runs the jar.
  public static Program start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  /// Runs the jar on a backend and a port of the system's choice.
  public static Program startOn(String backend, String... more) throws IOException {
    return start(
        Stream.concat(Stream.of("--backend=" + backend, "--port=0"), Stream.of(more))
            .toArray(String[]::new));
  }

  /// Runs the jar in an environment with some variables more.
  public static Program start(Map<String, String> environment, String... args) throws IOException {
    return start(List.of("-jar", JAR.toString()), environment, args);
  }

  /// Runs a JVM.
  ///
  /// @param jvm its own arguments, and `-jar` or a class
  public static Program start(List<String> jvm, Map<String, String> environment, String... args)
      throws IOException {
    Path temporary = Files.createTempDirectory("heddle-program");
    ProcessBuilder builder = builder(temporary, jvm, args);
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new Program(process, process, temporary);
  }

  /// As [#start], with its standard output appended to a file, and read from there.
  public static Program startInto(Path file, String... args) throws IOException {
    Path temporary = Files.createTempDirectory("heddle-program");
    Process process =
        builder(temporary, List.of("-jar", JAR.toString()), args)
            .redirectOutput(Redirect.appendTo(file.toFile()))
            .start();
    Process writer = new ProcessBuilder("tail", "-n", "+1", "-F", file.toString()).start();
    return new Program(process, writer, temporary);
  }

  private static ProcessBuilder builder(Path temporary, List<String> jvm, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (isInterruptIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(jvm);
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.matches("HEDDLE_.*|.*JAVA_.*OPTIONS"));
    return builder;
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

  /// The line it prints when it listens.
  public String banner() {
    return await(line -> LISTENS.matcher(line).find());
  }

  /// The port, once it listens.
  public int port() {
    return port(LISTENS);
  }

  private int port(Pattern pattern) {
    Matcher listens = pattern.matcher(await(line -> pattern.matcher(line).find()));
    assertThat(listens.find()).isTrue();
    return Integer.parseInt(listens.group(1));
  }

  /// Where it speaks HTTP, once it listens.
  public URI uri(String target) {
    return uri("http", target);
  }

  /// Where it is to be found, once it listens.
  ///
  /// @param scheme such as `https` or `ws`
  public URI uri(String scheme, String target) {
    return URI.create(scheme + "://127.0.0.1:" + port() + target);
  }

  /// Where operators ask.
  public URI adminUri(String target) {
    return URI.create("http://127.0.0.1:" + port(ADMIN) + target);
  }

  /// Connects to it, once it listens.
  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return socket;
  }

  /// The first line it has printed of which the condition holds, once it is there.
  public String await(Predicate<String> condition) {
    return lines.await(line -> condition.test(line.text()));
  }

  /// As [#await], of its standard error.
  public String awaitError(Predicate<String> condition) {
    return lines.await(line -> line.isError() && condition.test(line.text()));
  }

  /// What it has printed to its standard output so far.
  public List<String> output() {
    return lines.soFar(false);
  }

  /// What it has printed to its standard error so far.
  public List<String> errors() {
    return lines.soFar(true);
  }

  /// Has it end in good order, as the system does.
  public void terminate() {
    process.toHandle().destroy(); // the process's own destroy() would close its output, too
  }

  /// Sends it a signal, such as `HUP`.
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for its end, and for the last of what it prints.
  public int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(this::toString).isTrue();
    lines.awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    writer.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public String toString() {
    return "out: " + output() + ", err: " + errors();
  }
}
