package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.CpuClock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a process has used up since it began, by the kernel's accounts in /proc.
///
/// @param cpuNanos processor time
/// @param userTicks of the program itself: a coarse clock, for the proportion to the next
/// @param systemTicks of the kernel for the program
/// @param switches context switches of the threads it has now
record Usage(long cpuNanos, long userTicks, long systemTicks, long switches) {
  private static final int USER_TICKS = 11; // counted from the field after the command's name
  private static final int SYSTEM_TICKS = 12;

  /// @throws IOException when the process is no more
  static Usage of(long pid) throws IOException {
    return of(Path.of("/proc", Long.toString(pid)), CpuClock.ofProcess(pid));
  }

  /// @param process the process's folder in /proc
  static Usage of(Path process, CpuClock clock) throws IOException {
    long cpuNanos = clock.nanos();
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = fields(stat);
    return new Usage(
        cpuNanos,
        Long.parseLong(fields[USER_TICKS]),
        Long.parseLong(fields[SYSTEM_TICKS]),
        switches(process.resolve("task")));
  }

  /// Processor time, as a line of /proc counts it, of the program and the kernel together.
  static long ticks(String stat) {
    String[] fields = fields(stat);
    return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
  }

  private static String[] fields(String stat) {
    // The command's name may hold anything, spaces and parentheses too.
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static long switches(Path tasks) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        try {
          sum += switchesOf(Files.readAllLines(thread.resolve("status")));
        } catch (IOException ended) {
          // Between listing and reading, or between opening and reading.
        }
      }
    }
    return sum;
  }

  private static long switchesOf(List<String> status) {
    long sum = 0;
    for (String line : status) {
      if (line.startsWith("voluntary_ctxt_switches:")
          || line.startsWith("nonvoluntary_ctxt_switches:")) {
        sum += Long.parseLong(line.substring(line.indexOf(':') + 1).trim());
      }
    }
    return sum;
  }

  /// What was used since `earlier`.
  Usage since(Usage earlier) {
    return new Usage(
        cpuNanos - earlier.cpuNanos,
        userTicks - earlier.userTicks,
        systemTicks - earlier.systemTicks,
        Math.max(0, switches - earlier.switches)); // threads that ended took their count along
  }

  /// The part of the processor time that the program itself had.
  double userShare() {
    long ticks = userTicks + systemTicks;
    return ticks == 0 ? 0 : (double) userTicks / ticks;
  }
}
