package dev.heddle.ws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Control frames that are to be sent by whoever sends next, as those who want them sent may not
/// wait for their turn: a Pong, and a Close frame, with which sending ends.
///
/// ```
///   open --offerClose--> closing --takeClose--> closed
/// ```
///
/// Threading: any thread offers; one at a time takes.
final class OwedFrames {
  private static final VarHandle PONG;
  private static final VarHandle CLOSE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PONG = lookup.findVarHandle(OwedFrames.class, "pong", byte[].class);
      CLOSE = lookup.findVarHandle(OwedFrames.class, "close", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// The payload for the last Ping, which is enough (RFC 6455, section 5.5.3).
  private volatile byte @Nullable [] pong;

  /// The payload of the Close frame, from when either side begins to close.
  private volatile byte @Nullable [] close;

  /// Whether the Close frame has been taken. Written by who takes it.
  private volatile boolean closed;

  /// Has a Pong sent, in place of one that has not been taken yet.
  void offerPong(byte[] payload) {
    pong = payload;
  }

  /// Has a Close frame sent.
  ///
  /// @return false if one has been offered before
  boolean offerClose(byte[] payload) {
    return CLOSE.compareAndSet(this, null, payload);
  }

  /// Whether a Close frame has been offered.
  boolean isClosing() {
    return close != null;
  }

  /// Whether something waits to be taken.
  boolean isAny() {
    return pong != null || (close != null && !closed);
  }

  /// The payload of the Pong to send now; null if there is none, or it is too late for one.
  byte @Nullable [] takePong() {
    byte[] payload = (byte[]) PONG.getAndSet(this, null);
    return closed ? null : payload;
  }

  /// The payload of the Close frame to send now, behind which nothing is sent; null if there is
  /// none.
  byte @Nullable [] takeClose() {
    byte[] payload = closed ? null : close;
    if (payload != null) {
      closed = true;
    }
    return payload;
  }

  /// The code of the Close frame that was taken; null if none was.
  @Nullable CloseCode closeCode() {
    byte[] payload = close;
    return closed && payload != null ? CloseFrame.code(payload) : null;
  }
}
