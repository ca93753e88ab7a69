package dev.heddle.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks at files every so often, and does something when one has changed. It looks at what their
/// names lead to, so it sees a link that is turned to another file, as orchestrators do, and works
/// on file systems that report no changes.
final class FileWatch implements AutoCloseable {
  private final List<Path> files;
  private final Duration interval;
  private final Runnable action;
  private final CountDownLatch closed = new CountDownLatch(1);
  private List<Stamp> seen;

  /// What tells that a file is another than before; all zero if it is gone.
  private record Stamp(long modified, long size, String key) {
    static Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
            now.lastModifiedTime().toMillis(), now.size(), String.valueOf(now.fileKey()));
      } catch (IOException e) {
        return new Stamp(0, 0, "");
      }
    }
  }

  private FileWatch(List<Path> files, Duration interval, Runnable action) {
    this.files = files;
    this.interval = interval;
    this.action = action;
    this.seen = stamps();
  }

  /// Starts to watch, on a thread of its own.
  static FileWatch start(List<Path> files, Duration interval, Runnable action) {
    FileWatch watch = new FileWatch(files, interval, action);
    Thread.ofPlatform().daemon().name("heddle-tls-watch").start(watch::run);
    return watch;
  }

  private List<Stamp> stamps() {
    return files.stream().map(Stamp::of).toList();
  }

  private void run() {
    try {
      while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        List<Stamp> now = stamps();
        if (!now.equals(seen)) {
          seen = now;
          action.run();
        }
      }
    } catch (InterruptedException e) {
      // nobody else has this thread; whoever interrupts it wants it to end
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
