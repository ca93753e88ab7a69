package dev.heddle.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a server's process holds at one moment, after a full collection.
///
/// @param liveBytes of the Java heap
/// @param residentBytes of the process
/// @param descriptors that are open
/// @param threads of the system
record Holdings(long liveBytes, long residentBytes, int descriptors, int threads) {
  /// What a server may hold more at the end than at the begin: what its caches and pools fill with
  /// by and by.
  private static final long MORE_BYTES = 8 << 20;

  private static final int MORE_DESCRIPTORS = 8;
  private static final int MORE_THREADS = 8;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  /// Looks at a process.
  ///
  /// @throws IOException when it has ended, or is no JVM that may be asked
  static Holdings of(long pid) throws IOException {
    long live = liveBytes(pid);
    Path process = Path.of("/proc", Long.toString(pid));
    List<String> status = Files.readAllLines(process.resolve("status"));
    return new Holdings(
        live, 1024 * number(status, "VmRSS:"), descriptors(pid), (int) number(status, "Threads:"));
  }

  static int descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return (int) open.count();
    } catch (NoSuchFileException gone) {
      throw new IOException("there is no process " + pid, gone);
    }
  }

  /// By the histogram of classes, which begins with a full collection. It goes through a file: a
  /// process that looks at itself stands still while it is written, and reads no pipe.
  private static long liveBytes(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Path histogram = Files.createTempFile("histogram", ".txt");
    histogram.toFile().deleteOnExit(); // on Ctrl-C nobody comes to the end of this
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .redirectOutput(histogram.toFile())
              .start();
      process.waitFor();
      Matcher total = TOTAL.matcher(Files.readString(histogram));
      if (!total.find()) {
        throw new IOException("process " + pid + " is no JVM of this user that jcmd can ask");
      }
      return Long.parseLong(total.group(1));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    } finally {
      Files.deleteIfExists(histogram);
    }
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0L);
  }

  /// What has grown since `begin` by more than pools and caches explain, each in a few words.
  List<String> grownSince(Holdings begin) {
    List<String> grown = new ArrayList<>();
    addIf(grown, liveBytes - begin.liveBytes > MORE_BYTES + begin.liveBytes / 10, "live heap");
    addIf(grown, descriptors - begin.descriptors > MORE_DESCRIPTORS, "descriptors");
    addIf(grown, threads - begin.threads > MORE_THREADS, "threads");
    return grown;
  }

  private static void addIf(List<String> list, boolean condition, String word) {
    if (condition) {
      list.add(word);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "live heap %.1f MiB, resident %.0f MiB, %,d descriptors, %,d threads",
        liveBytes / 1048576.0,
        residentBytes / 1048576.0,
        descriptors,
        threads);
  }
}
