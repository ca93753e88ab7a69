package dev.heddle.http;

/// How many may be at work at a time. Any thread.
interface Limit {

  /// The limit now, at least 1.
  int current();

  /// One has done its work.
  ///
  /// @param nanos how long it took
  /// @param running how many were at work when it ended, itself included
  /// @param now as [System#nanoTime()]
  void sample(long nanos, int running, long now);

  /// A limit that stays.
  static Limit fixed(int most) {
    return new Limit() {
      @Override
      public int current() {
        return most;
      }

      @Override
      public void sample(long nanos, int running, long now) {}
    };
  }
}
