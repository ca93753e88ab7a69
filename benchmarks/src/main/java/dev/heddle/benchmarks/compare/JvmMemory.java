package dev.heddle.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The memory that a JVM keeps, as soon as it has been asked to give back what it can.
final class JvmMemory {
  /// What a JVM must be started with to be looked at: after a collection its heap follows at once
  /// what is alive, it keeps account of what it has outside the heap, and it compiles early, as
  /// code that is not fully compiled has larger stacks, however much its compilers have to do. It
  /// listens for jcmd from the start, which else would ask for that by a file in the server's
  /// working directory.
  static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmn8m",
          "-Xmx1g",
          "-XX:MinHeapFreeRatio=2",
          "-XX:MaxHeapFreeRatio=5",
          "-XX:-ShrinkHeapInSteps",
          "-XX:MarkSweepAlwaysCompactCount=1",
          "-XX:+UseCompactObjectHeaders",
          "-XX:CompileThresholdScaling=0.2",
          "-XX:Tier4LoadFeedback=1000",
          "-XX:Tier3DelayOn=1000",
          "-XX:+StartAttachListener",
          "-XX:NativeMemoryTracking=summary");

  /// One collection leaves in the young generation what the old one has no room for, and then gives
  /// that one more room; so the figure would depend on how much that happened to be.
  private static final String COMMANDS =
      """
      GC.run
      GC.run
      GC.run
      System.trim_native_heap
      VM.native_memory summary
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// What the compilers work with. They give it back, but some seconds late, and it may be more
  /// than thousands of connections take.
  private static final Pattern OF_COMPILERS =
      Pattern.compile("-\\s+(?:Compiler|Arena Chunk) \\(reserved=\\d+KB, committed=(\\d+)KB");

  private JvmMemory() {}

  /// Bytes that are resident after a full collection, without those of the compilers.
  ///
  /// @param pid of a JVM that was started with [#OPTIONS]
  static long retained(long pid) throws IOException {
    long compilers = ofCompilers(settle(pid));
    return resident(Path.of("/proc", Long.toString(pid))) - compilers;
  }

  /// Has the JVM give back what it can, and returns what it says of its memory outside the heap.
  private static String settle(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> command = List.of(jcmd, Long.toString(pid), "-f", "/dev/stdin");
    Process process =
        new ProcessBuilder(OutOfReach.command(command)).redirectErrorStream(true).start();
    try (InputStream answer = process.getInputStream()) { // a few KiB: a pipe holds them
      try (Writer script = process.outputWriter()) {
        script.write(COMMANDS);
      }
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("no memory figure: jcmd could not start a collection");
      }
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      process.destroy();
    }
  }

  /// The bytes that the compilers hold.
  ///
  /// @param summary what `VM.native_memory summary` printed
  static long ofCompilers(String summary) throws IOException {
    long kib = 0;
    Matcher part = OF_COMPILERS.matcher(summary);
    if (!part.find()) {
      throw new IOException("no memory figure: the JVM does not say what its compilers hold");
    }
    do {
      kib += Long.parseLong(part.group(1));
    } while (part.find());
    return 1024 * kib;
  }

  /// @param process the process's folder in /proc
  static long resident(Path process) throws IOException {
    // The sum over the mappings: the one in "status" may lag behind by some pages a thread.
    for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
      if (line.startsWith("Rss:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no Rss in " + process.resolve("smaps_rollup"));
  }
}
