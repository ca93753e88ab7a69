package dev.heddle.demo.http;

import dev.heddle.http.ServerSentEvents;
import dev.heddle.http.ServerSentEvents.Event;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Tells all who watch what the server does: first what it is, then each sample as it is taken.
///
/// Threading: any thread.
final class LiveFeed implements ServerSentEvents.Source {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final About about;
  private final AtomicInteger watchers = new AtomicInteger();

  /// Guarded by this.
  private @Nullable Sample latest;

  LiveFeed(About about) {
    this.about = about;
  }

  /// Takes samples on a thread of its own, for as long as the program runs.
  void takeEverySecond(Sampler sampler) {
    Thread.ofPlatform().daemon().name("samples").start(() -> take(sampler));
  }

  /// Whether somebody watches.
  boolean isWatched() {
    return watchers.get() > 0;
  }

  private void take(Sampler sampler) {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        Sample sample = sampler.sample(System.nanoTime());
        if (sample != null) {
          publish(sample);
        }
      }
    } catch (InterruptedException e) {
      // Nobody else has this thread; whoever interrupts it wants it to end.
    }
  }

  /// Tells a sample to all who watch.
  synchronized void publish(Sample sample) {
    latest = sample;
    notifyAll();
  }

  @Override
  public void sendTo(ServerSentEvents events) throws Exception {
    watchers.incrementAndGet();
    try {
      events.retry(RETRY);
      events.send(new Event(null, "about", about.toJson(Thread.currentThread())));
      for (long seen = 0; !events.isEnding(); ) {
        Sample sample = after(seen);
        events.send(new Event(null, "sample", sample.toJson()));
        seen = sample.number();
      }
    } finally {
      watchers.decrementAndGet();
    }
  }

  /// The latest sample; waits for one that has not been seen.
  private synchronized Sample after(long seen) throws InterruptedException {
    while (latest == null || latest.number() <= seen) {
      wait();
    }
    return latest;
  }
}
