package dev.heddle.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a comparison was made.
///
/// @param memory in bytes; 0 when unknown
/// @param congestionControl the kernel's for TCP; empty when unknown
public record Machine(
    String system,
    String processor,
    int processors,
    long memory,
    String jdk,
    String congestionControl) {
  /// This machine.
  public static Machine read() {
    return read(Path.of("/proc"));
  }

  static Machine read(Path proc) {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        field(proc.resolve("cpuinfo"), "model name", System.getProperty("os.arch")),
        processors(proc.resolve("cpuinfo")),
        1024 * number(field(proc.resolve("meminfo"), "MemTotal", "0")),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        first(proc.resolve("sys/net/ipv4/tcp_congestion_control")));
  }

  /// All of them: this process may be pinned to some.
  private static int processors(Path cpuinfo) {
    long listed = lines(cpuinfo).stream().filter(line -> line.startsWith("processor")).count();
    return listed == 0 ? Runtime.getRuntime().availableProcessors() : (int) listed;
  }

  private static String field(Path file, String name, String otherwise) {
    return lines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(otherwise);
  }

  private static long number(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static String first(Path file) {
    return lines(file).stream().findFirst().orElse("");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
