package dev.heddle.benchmarks.load;

/// How fast messages are sent in a window.
public sealed interface Pace {
  /// Each reply makes room for the next message: as fast as the server answers.
  record ClosedLoop() implements Pace {}

  /// So many messages a second over all connections, evenly spread, whatever the server does.
  record OpenLoop(double perSecond) implements Pace {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when the rate is not above 0
    public OpenLoop {
      if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
        throw new IllegalArgumentException("rate must be above 0");
      }
    }
  }

  /// One message on each connection.
  record Once() implements Pace {}

  /// Nothing is sent; the connections are watched.
  record Silent() implements Pace {}

  /// [ClosedLoop].
  static Pace closedLoop() {
    return new ClosedLoop();
  }

  /// [OpenLoop].
  static Pace openLoop(double perSecond) {
    return new OpenLoop(perSecond);
  }

  /// [Once].
  static Pace once() {
    return new Once();
  }

  /// [Silent].
  static Pace silent() {
    return new Silent();
  }
}
