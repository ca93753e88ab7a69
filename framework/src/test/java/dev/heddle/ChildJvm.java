package dev.heddle;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A `main` of the tests in a process of its own, on the class path, with flags and limits of its
/// own. It ends when its standard input does, which is when this is closed.
final class ChildJvm implements AutoCloseable {
  /// Flags that open what the selector and the virtual backend want.
  static final List<String> OPENS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private static final String END = "(the end)";

  private final Process process;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> err = new LinkedBlockingQueue<>();

  private ChildJvm(Process process) {
    this.process = process;
    Thread.ofVirtual().start(() -> collect(process.inputReader(StandardCharsets.UTF_8), out));
    Thread.ofVirtual().start(() -> collect(process.errorReader(StandardCharsets.UTF_8), err));
  }

  /// @param jvm flags of the JVM
  static ChildJvm start(List<String> jvm, Class<?> main, String... args) throws IOException {
    return start(List.of(), jvm, main, args);
  }

  /// As [#start], with so many descriptors, and one for each jar on its class path, and no more.
  static ChildJvm startWithDescriptors(
      int descriptors, List<String> jvm, Class<?> main, String... args) throws IOException {
    int jars = classPath(main).split(System.getProperty("path.separator"), -1).length;
    String limited = "ulimit -n " + (descriptors + jars) + " && exec \"$@\"";
    return start(List.of("sh", "-c", limited, "sh"), jvm, main, args);
  }

  /// As [#start], by another program that ends in calling `exec` on its arguments.
  static ChildJvm start(List<String> prefix, List<String> jvm, Class<?> main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-Xmx128m");
    command.add("-cp");
    command.add(classPath(main));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ChildJvm(new ProcessBuilder(command).start());
  }

  private static String classPath(Class<?> main) {
    return Server.class.getModule().isNamed()
        ? folder(Server.class) + System.getProperty("path.separator") + folder(main)
        : System.getProperty("java.class.path");
  }

  /// Where a class was loaded from; its module's location would not tell tests from main.
  private static Path folder(Class<?> type) {
    Path path = Path.of(URI.create(type.getResource(type.getSimpleName() + ".class").toString()));
    for (int depth = type.getName().split("\\.", -1).length; depth > 0; depth--) {
      path = path.getParent();
    }
    return path;
  }

  private static void collect(BufferedReader reader, BlockingQueue<String> lines) {
    try (reader) {
      for (String line; (line = reader.readLine()) != null; ) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
    lines.add(END);
  }

  /// The number of the process.
  String name() {
    return Long.toString(process.pid());
  }

  /// The next line of its standard output.
  String line() throws InterruptedException {
    return next(out);
  }

  /// The next line of its standard error that contains `part`.
  String errorLine(String part) throws InterruptedException {
    for (; ; ) {
      String line = next(err);
      if (line.contains(part)) {
        return line;
      }
    }
  }

  private String next(BlockingQueue<String> lines) throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new AssertionError("no such line; its standard error goes on: " + err);
    }
    return line;
  }

  /// Connects to the server whose port is the next line.
  InetSocketAddress address() throws InterruptedException {
    return new InetSocketAddress(TestBackends.anyPort().getAddress(), Integer.parseInt(line()));
  }

  static TestPeer connect(InetSocketAddress address) throws IOException {
    return TestPeer.over(SocketChannel.open(address));
  }

  /// Asks it to end, and returns what it has still written to its standard error.
  List<String> end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    List<String> lines = new ArrayList<>();
    for (String line = err.take(); !line.equals(END); line = err.take()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
