package dev.heddle.ws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A message in the form in which it is sent: made once, sent to many. The form for peers that
/// compress is made when the first of them is sent it, and once for each size of their windows,
/// which are mostly all the same.
///
/// Any thread.
public final class PreparedMessage {
  private static final int NO_WINDOW = 0;

  private final Message message;

  /// By window bits. What two threads make at once is the same.
  private final AtomicReferenceArray<byte @Nullable []> frames =
      new AtomicReferenceArray<>(MessageDeflater.MAX_WINDOW_BITS + 1);

  private PreparedMessage(Message message) {
    this.message = message;
    frames.set(NO_WINDOW, frame(Opcode.FIN | opcode(), payload()));
  }

  /// Prepares a message.
  public static PreparedMessage of(Message message) {
    return new PreparedMessage(message);
  }

  /// Prepares a text.
  public static PreparedMessage of(String text) {
    return of(Message.text(text));
  }

  /// What was prepared.
  public Message message() {
    return message;
  }

  /// The frame for a peer. Not to be changed.
  byte[] frame(CompressionVariant variant) {
    int bits = payload().length < variant.minimumSize() ? NO_WINDOW : variant.windowBits();
    byte[] made = frames.get(bits);
    if (made == null) {
      made = compressed(bits);
      frames.set(bits, made);
    }
    return made;
  }

  /// Whether a peer is sent something that is compressed.
  boolean isCompressed(CompressionVariant variant) {
    return (frame(variant)[0] & Opcode.RSV1) != 0;
  }

  private byte[] compressed(int bits) {
    byte[] payload = payload();
    byte[] deflated = new MessageDeflater(false, bits).deflate(payload, 0, payload.length, true);
    return deflated.length < payload.length
        ? frame(Opcode.FIN | Opcode.RSV1 | opcode(), deflated)
        : frame(Opcode.FIN | opcode(), payload);
  }

  private int opcode() {
    return switch (message) {
      case Message.Text _ -> Opcode.TEXT;
      case Message.Binary _ -> Opcode.BINARY;
    };
  }

  private byte[] payload() {
    return switch (message) {
      case Message.Text text -> text.utf8();
      case Message.Binary binary -> binary.bytes();
    };
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(FrameHead.MAX_LENGTH + payload.length);
    try {
      FrameHead.write(frame, first, payload.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }
}
