package dev.heddle.ws;

import dev.heddle.BufferPool;
import dev.heddle.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes messages and control frames to a connection, compressed where that was agreed on (RFC
/// 6455, section 5; RFC 7692). When a write fails a frame may have been cut, so nothing may follow.
///
/// Threading: one thread at a time; [#isBroken()], [#fail()] and [#compressionMemory()] any.
final class FrameWriter {
  private final Connection connection;
  private final OutputStream out;
  private final @Nullable MessageDeflater deflater;
  private final CompressionVariant variant;

  /// Whether a write has failed, or the connection has ended. Any thread.
  private volatile boolean broken;

  /// @param deflater null: nothing is compressed
  FrameWriter(
      Connection connection, CompressionVariant variant, @Nullable MessageDeflater deflater) {
    this.connection = connection;
    this.out = connection.output();
    this.variant = variant;
    this.deflater = deflater;
  }

  /// Whether messages are compressed, if they are long enough.
  boolean isCompressing() {
    return deflater != null;
  }

  boolean isBroken() {
    return broken;
  }

  /// The connection has ended.
  void fail() {
    broken = true;
  }

  void write(Message message) throws IOException {
    switch (message) {
      case Message.Text text -> write(Opcode.TEXT, text.utf8());
      case Message.Binary binary -> write(Opcode.BINARY, binary.bytes());
    }
  }

  private void write(int opcode, byte[] payload) throws IOException {
    MessageDeflater compressor = deflater;
    if (compressor != null && payload.length >= variant.minimumSize() && payload.length > 0) {
      byte[] deflated = compressor.deflate(payload, 0, payload.length, true);
      if (deflated.length < payload.length) {
        writeFrame(Opcode.FIN | Opcode.RSV1 | opcode, deflated, 0, deflated.length);
        return;
      }
      compressor.forget();
    }
    writeFrame(Opcode.FIN | opcode, payload, 0, payload.length);
  }

  void write(PreparedMessage message) throws IOException {
    byte[] frame = message.frame(variant);
    try {
      out.write(frame);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    forgetContext(message);
  }

  /// Sends a message as far as that takes no waiting, and writes the rest if only a part was taken.
  Delivery tryToSend(PreparedMessage message) throws IOException {
    byte[] frame = message.frame(variant);
    if (frame.length > BufferPool.CAPACITY) {
      return Delivery.NOT_BEGUN;
    }
    ByteBuffer unsent = ByteBuffer.wrap(frame);
    try {
      if (connection.tryWrite(unsent) == 0) {
        return Delivery.NOT_BEGUN;
      }
      if (unsent.hasRemaining()) {
        out.write(frame, unsent.position(), unsent.remaining());
      }
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    forgetContext(message);
    return unsent.hasRemaining() ? Delivery.TO_BE_FLUSHED : Delivery.SENT;
  }

  /// A message compressed for all stands alone, and so does what follows it.
  private void forgetContext(PreparedMessage message) {
    if (deflater != null && message.isCompressed(variant)) {
      deflater.forget();
    }
  }

  /// Writes a fragment of a message.
  ///
  /// @param first the opcode and RSV1, which says that the message is compressed
  void writeFragment(int first, byte[] src, int from, int length, boolean compressed, boolean last)
      throws IOException {
    int fin = last ? Opcode.FIN : 0;
    MessageDeflater compressor = compressed ? deflater : null;
    if (compressor == null) {
      writeFrame(first | fin, src, from, length);
      return;
    }
    byte[] deflated = compressor.deflate(src, from, length, last);
    writeFrame(first | fin, deflated, 0, deflated.length);
  }

  /// Writes a control frame.
  void writeControl(int opcode, byte[] payload) throws IOException {
    writeFrame(Opcode.FIN | opcode, payload, 0, payload.length);
  }

  private void writeFrame(int first, byte[] src, int from, int length) throws IOException {
    try {
      FrameHead.write(out, first, length);
      out.write(src, from, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /// Sends what has been written.
  void flush() throws IOException {
    try {
      connection.flush();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /// Frees what is native.
  void release() {
    if (deflater != null) {
      deflater.release();
    }
  }

  /// The native memory that is held, in bytes, about.
  long compressionMemory() {
    return deflater == null ? 0 : deflater.memory();
  }
}
