package dev.heddle.launcher.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What a program prints on both its streams, as it comes. For one thread.
final class PrintedLines {
  private final List<Line> seen = new ArrayList<>();
  private final BlockingQueue<Line> arriving = new LinkedBlockingQueue<>();
  private final List<Thread> readers;

  /// One line.
  record Line(boolean isError, String text) {}

  PrintedLines(InputStream out, InputStream err) {
    readers =
        List.of(
            Thread.ofPlatform().daemon().start(() -> read(out, false)),
            Thread.ofPlatform().daemon().start(() -> read(err, true)));
  }

  private void read(InputStream stream, boolean isError) {
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        arriving.add(new Line(isError, line));
      }
    } catch (IOException e) {
      arriving.add(new Line(isError, e.toString()));
    }
  }

  /// The first line of which the condition holds, once it is there.
  String await(Predicate<Line> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Program.PATIENCE_SECONDS);
    for (int next = 0; ; next++) {
      while (next == seen.size()) {
        if (System.nanoTime() - end > 0 || (haveEnded() && arriving.isEmpty())) {
          throw new AssertionError("the line never came; there are " + seen);
        }
        takeOne();
      }
      if (condition.test(seen.get(next))) {
        return seen.get(next).text();
      }
    }
  }

  private boolean haveEnded() {
    return readers.stream().noneMatch(Thread::isAlive);
  }

  private void takeOne() {
    try {
      Line line = arriving.poll(100, TimeUnit.MILLISECONDS);
      if (line != null) {
        seen.add(line);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// What one of the streams has brought so far.
  List<String> soFar(boolean isError) {
    arriving.drainTo(seen);
    return seen.stream().filter(line -> line.isError() == isError).map(Line::text).toList();
  }

  /// Waits until both streams have ended.
  void awaitEnd() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }
}
