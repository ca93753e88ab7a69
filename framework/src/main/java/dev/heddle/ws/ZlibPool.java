package dev.heddle.ws;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Lends deflaters and inflaters without a zlib header, so that a message without a context does
/// not have to make its own; a few are kept for the next, all others freed when they come back.
///
/// Any thread; no method blocks.
final class ZlibPool {
  /// What zlib allocates for a deflater of 15 window bits and memory level 8, in bytes: twice 128
  /// KiB and its state.
  static final long DEFLATER_MEMORY = 268 * 1024;

  /// What zlib allocates for an inflater: a window of 32 KiB and its state.
  static final long INFLATER_MEMORY = 44 * 1024;

  /// How many of each are kept.
  private static final int SLOTS = 8;

  private static final AtomicReferenceArray<@Nullable Deflater> DEFLATERS =
      new AtomicReferenceArray<>(SLOTS);
  private static final AtomicReferenceArray<@Nullable Inflater> INFLATERS =
      new AtomicReferenceArray<>(SLOTS);
  private static final AtomicInteger LENT = new AtomicInteger();

  private ZlibPool() {}

  static Deflater borrowDeflater() {
    LENT.incrementAndGet();
    Deflater kept = take(DEFLATERS);
    return kept != null ? kept : new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  }

  static Inflater borrowInflater() {
    LENT.incrementAndGet();
    Inflater kept = take(INFLATERS);
    return kept != null ? kept : new Inflater(true);
  }

  static void giveBack(Deflater deflater) {
    LENT.decrementAndGet();
    deflater.reset();
    if (!put(DEFLATERS, deflater)) {
      deflater.end();
    }
  }

  static void giveBack(Inflater inflater) {
    LENT.decrementAndGet();
    inflater.reset();
    if (!put(INFLATERS, inflater)) {
      inflater.end();
    }
  }

  /// How many have been lent and not come back.
  static int lent() {
    return LENT.get();
  }

  private static <T> @Nullable T take(AtomicReferenceArray<@Nullable T> slots) {
    for (int i = 0; i < SLOTS; i++) {
      T kept = slots.get(i) == null ? null : slots.getAndSet(i, null);
      if (kept != null) {
        return kept;
      }
    }
    return null;
  }

  private static <T> boolean put(AtomicReferenceArray<@Nullable T> slots, T returned) {
    for (int i = 0; i < SLOTS; i++) {
      if (slots.get(i) == null && slots.compareAndSet(i, null, returned)) {
        return true;
      }
    }
    return false;
  }
}
