package dev.heddle.tls;

/// How much goes into a record. A peer can read a record only when its last byte has come, so the
/// first ones fit a packet, and they grow as TCP's window does, up to the largest; after a pause,
/// when TCP starts slowly again, so do they.
///
/// Threading: the writer's.
final class RecordSize {
  /// What fits a packet of 1,500 bytes with the headers of IPv6, TCP and TLS around it.
  static final int FIRST = 1380;

  /// The most that a record may hold (RFC 8446, section 5.1).
  static final int LARGEST = 16 * 1024;

  private static final long PAUSE_NANOS = 1_000_000_000;

  private int size = FIRST;
  private long lastWrite;

  /// Called before each write.
  void begin(long nanoTime) {
    if (nanoTime - lastWrite > PAUSE_NANOS) {
      size = FIRST;
    }
    lastWrite = nanoTime;
  }

  /// The most that the next record may hold, in bytes.
  int next() {
    return size;
  }

  /// Called after each record.
  void sent(int count) {
    if (count == size) {
      size = Math.min(2 * size, LARGEST);
    }
  }
}
