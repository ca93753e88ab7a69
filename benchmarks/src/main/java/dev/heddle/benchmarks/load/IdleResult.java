package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

/// What came of holding connections idle: the C10K question.
///
/// @param first one message on each connection, at the start
/// @param idle the time in which nothing was sent; its errors are connections that the server gave
///   up
/// @param second one message on each connection that was left, at the end
public record IdleResult(Opening opening, LoadResult first, LoadResult idle, LoadResult second) {
  /// Sends a message on each of the generator's connections, holds them for `time`, and sends
  /// again.
  static IdleResult measure(Generator generator, Duration time) throws IOException {
    // The rounds end with the last reply; the window only has to be open when the messages go out.
    Duration round = Duration.ofSeconds(1);
    LoadResult first = generator.run(Pace.once(), round);
    LoadResult idle = generator.run(Pace.silent(), time);
    LoadResult second = generator.run(Pace.once(), round);
    return new IdleResult(generator.opening(), first, idle, second);
  }

  /// Errors of all kinds, from the opening on.
  public long errorCount() {
    long opened = opening.errors().values().stream().mapToLong(Long::longValue).sum();
    return opened + first.errorCount() + idle.errorCount() + second.errorCount();
  }
}
