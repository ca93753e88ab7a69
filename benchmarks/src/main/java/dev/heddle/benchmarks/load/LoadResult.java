package dev.heddle.benchmarks.load;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What came of one window.
///
/// @param window how long messages were sent
/// @param elapsed the window and the wait for the last replies after it
/// @param cpu processor time of this process during `elapsed`
/// @param alive connections open at the end
/// @param answered messages with a correct reply, those in `drained` included
/// @param drained messages whose reply came after the window's end
/// @param unsent messages that were due within the window, but for which no connection had room:
///   with a rate only. How long they have waited is part of `latency`.
/// @param latency nanoseconds from when a message was meant to be sent to its reply
/// @param sendLag nanoseconds from when a message was meant to be sent until this generator came to
///   it: with a rate only. Large values say that the generator was too slow.
/// @param errors how many of each kind; never part of any rate
/// @param starved connections that the server owed a reply for over a second at some time
/// @param reconnects connections opened again because the server closed them as it had said
public record LoadResult(
    Pace pace,
    Duration window,
    Duration elapsed,
    Duration cpu,
    int alive,
    long answered,
    long drained,
    long unsent,
    Histogram latency,
    Histogram sendLag,
    Map<ErrorKind, Long> errors,
    int starved,
    int reconnects,
    long bytesSent,
    long bytesReceived) {
  static LoadResult of(
      Pace pace, Duration window, Duration elapsed, Duration cpu, int alive, Tally tally) {
    return new LoadResult(
        pace,
        window,
        elapsed,
        cpu,
        alive,
        tally.answered,
        tally.drained,
        tally.unsent,
        tally.latency,
        tally.sendLag,
        Collections.unmodifiableMap(new EnumMap<>(tally.errors)),
        tally.starved,
        tally.reconnects,
        tally.bytesSent,
        tally.bytesReceived);
  }

  /// Messages answered per second of the window.
  public double perSecond() {
    return (answered - drained) / (window.toNanos() / 1e9);
  }

  /// Processor time of this process per message, in microseconds; NaN when no message was answered.
  public double cpuMicrosPerMessage() {
    return answered == 0 ? Double.NaN : cpu.toNanos() / 1e3 / answered;
  }

  /// The part of the elapsed time that this process ran: 1 is one processor.
  public double cpuLoad() {
    return (double) cpu.toNanos() / elapsed.toNanos();
  }

  /// Errors of all kinds.
  public long errorCount() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The latency at a percentile from 0 to 100, in microseconds.
  public double latencyMicros(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e3;
  }
}
