package dev.heddle.benchmarks.command;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// What is still to be done when Ctrl-C or a signal ends the process before its time.
///
/// After that nothing is left of the processes that this one has started.
///
/// The process then ends by 128 and the number of the signal, 130 for Ctrl-C, whatever its threads
/// still do.
public final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /// Does `last` if the process is ended before this is closed: on a thread of its own, beside all
  /// others.
  public static Interruption does(Runnable last) {
    Thread hook =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  last.run();
                  endChildren();
                });
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /// Such as tools that were at work.
  private static void endChildren() {
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    children.forEach(ProcessHandle::destroy);
    children.forEach(child -> child.onExit().completeOnTimeout(child, 2, TimeUnit.SECONDS).join());
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ended) {
      // It is at work.
    }
  }
}
