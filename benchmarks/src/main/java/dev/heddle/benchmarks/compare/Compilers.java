package dev.heddle.benchmarks.compare;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The threads of a HotSpot JVM that compile: as long as they are at work, its code is not yet what
/// it will be, and they take processor time from it.
///
/// @param process the JVM's folder in /proc
record Compilers(Path process) {
  private static final long TICKS_PER_SECOND = 100; // what /proc counts in, wherever Linux runs

  /// At rest they take less than this share of a processor.
  private static final double REST = 0.05;

  private static final Duration STEP = Duration.ofMillis(250);

  static Compilers of(long pid) {
    return new Compilers(Path.of("/proc", Long.toString(pid)));
  }

  /// Processor time of the threads that are there now. One that has ended is missing.
  ///
  /// @throws IOException when the process is no more
  long ticks() throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        try {
          String stat = Files.readString(thread.resolve("stat"));
          if (stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler")) {
            sum += Usage.ticks(stat);
          }
        } catch (IOException ended) {
          // Between listing and reading, or between opening and reading.
        }
      }
    }
    return sum;
  }

  /// Blocks until they rest, or long enough. Who asks should leave the processor to them.
  void awaitRest(Duration atMost) throws IOException {
    long start = System.nanoTime();
    long before;
    long after = ticks();
    do {
      before = after;
      LockSupport.parkNanos(STEP.toNanos());
      after = ticks();
    } while (!rested(after - before, STEP) && System.nanoTime() - start < atMost.toNanos());
  }

  /// Whether they rested.
  ///
  /// @param ticks taken within `time`
  static boolean rested(long ticks, Duration time) {
    return ticks < REST * TICKS_PER_SECOND * time.toNanos() / 1e9;
  }
}
