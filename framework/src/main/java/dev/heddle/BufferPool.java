package dev.heddle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Lends buffers of [#CAPACITY] bytes for as long as they hold something, so that an idle
/// connection has none. The buffer given back last is lent first, while it is still in the
/// processor's cache.
///
/// Any thread may borrow and give back; no method blocks. More buffers than there are places for
/// are left to the garbage collector.
public final class BufferPool {
  /// The size of every buffer lent, in bytes: 16 KiB, and room for what TLS adds to a record of so
  /// many.
  public static final int CAPACITY = 16 * 1024 + 512;

  private static final int SLOTS = 64;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(ByteBuffer[].class);
  private static final BufferPool SHARED = new BufferPool();

  private final @Nullable ByteBuffer[] heap = new ByteBuffer[SLOTS];
  private final @Nullable ByteBuffer[] direct = new ByteBuffer[SLOTS];

  /// An empty pool.
  public BufferPool() {}

  /// The pool of all who have none of their own.
  public static BufferPool shared() {
    return SHARED;
  }

  /// Borrows an empty buffer in the Java heap, backed by an accessible array.
  public ByteBuffer borrow() {
    ByteBuffer buffer = take(heap);
    return buffer != null ? buffer : ByteBuffer.allocate(CAPACITY);
  }

  /// Borrows an empty buffer outside the Java heap, for bytes that only pass through.
  public ByteBuffer borrowDirect() {
    ByteBuffer buffer = take(direct);
    return buffer != null ? buffer : ByteBuffer.allocateDirect(CAPACITY);
  }

  /// Takes a buffer back, whatever it still holds; the caller must not touch it again. A buffer of
  /// another size is not kept.
  public void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() != CAPACITY) {
      return;
    }
    buffer.clear();
    @Nullable ByteBuffer[] slots = buffer.isDirect() ? direct : heap;
    for (int i = 0; i < SLOTS; i++) {
      if (slots[i] == null && SLOT.compareAndSet(slots, i, null, buffer)) {
        return;
      }
    }
  }

  private static @Nullable ByteBuffer take(@Nullable ByteBuffer[] slots) {
    for (int i = 0; i < SLOTS; i++) {
      if (slots[i] != null) {
        ByteBuffer buffer = (ByteBuffer) SLOT.getAndSet(slots, i, null);
        if (buffer != null) {
          return buffer;
        }
      }
    }
    return null;
  }
}
