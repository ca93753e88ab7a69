package dev.heddle.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes whole messages of what a [MessageReader] reads. Memory is taken as bytes come, not as they
/// are announced.
///
/// Threading: one thread at a time.
final class MessageAssembler {
  private static final int SMALLEST = 256;

  /// Up to where a frame's length is trusted with memory before it has come.
  private static final int TRUSTED = 64 * 1024;

  /// The most that is assembled of what may not be wanted whole; more than ever is enough.
  private static final long MAX_PIECE = 1L << 30;

  private static final byte[] NOTHING = {};

  private final MessageReader reader;
  private final int maxMessage;

  // Of the message under way, if it did not come in one piece.
  private int opcode;
  private byte[] bytes = NOTHING;
  private int length;

  MessageAssembler(MessageReader reader, int maxMessage) {
    this.reader = reader;
    this.maxMessage = maxMessage;
  }

  /// How much there is of a message that is not whole yet, in bytes.
  int length() {
    return length;
  }

  /// Goes on with the next message.
  ///
  /// @return null if bytes are lacking, or the peer has closed
  /// @throws WebSocketException if it is, or is going to be, larger than is allowed
  @Nullable Message poll(ByteBuffer in) throws IOException {
    if (opcode == 0) {
      int begun = reader.begin(in);
      if (begun == MessageReader.NEEDS_INPUT) {
        return null;
      }
      checkSize(reader.announced());
      byte[] whole = reader.takeWhole(in);
      if (whole != null) {
        return message(begun, whole);
      }
      opcode = begun;
    }
    return assemble(in, Integer.MAX_VALUE);
  }

  /// As [#poll], but for who does not know yet whether the message is wanted whole.
  ///
  /// @param enough goes no further when so much of a message is there, however large it is
  @Nullable Message pollAhead(ByteBuffer in, int enough) throws IOException {
    if (opcode == 0) {
      opcode = reader.begin(in);
    }
    return opcode == 0 ? null : assemble(in, enough);
  }

  private @Nullable Message assemble(ByteBuffer in, int enough) throws IOException {
    boolean wanted = enough == Integer.MAX_VALUE;
    while (length < enough) {
      if (length == bytes.length && reader.hasMore()) {
        bytes = Arrays.copyOf(bytes, larger(wanted ? maxMessage + 1L : MAX_PIECE));
      }
      if (wanted && reader.nextFrame(in)) {
        checkSize(length + reader.announced()); // before its bytes are looked at
      }
      int count = reader.read(in, bytes, length, bytes.length - length);
      if (count == MessageReader.END) {
        Message message = message(opcode, length == bytes.length ? bytes : start());
        forget();
        return message;
      }
      length += count;
      if (wanted) {
        checkSize(length);
      }
      if (count == MessageReader.NEEDS_INPUT) {
        return null;
      }
    }
    return null;
  }

  private int larger(long largest) {
    long wanted = Math.max(Math.min(reader.announced(), TRUSTED), 2L * bytes.length);
    return (int) Math.min(Math.max(wanted, SMALLEST), largest);
  }

  /// What there is of the message under way.
  byte[] start() {
    return Arrays.copyOf(bytes, length);
  }

  /// Drops what there is of it: somebody else reads on.
  void forget() {
    opcode = 0;
    bytes = NOTHING;
    length = 0;
  }

  void checkSize(long size) throws WebSocketException {
    if (size > maxMessage) {
      throw new WebSocketException(CloseCode.MESSAGE_TOO_BIG, "the message is too large");
    }
  }

  private static Message message(int opcode, byte[] payload) {
    return opcode == Opcode.TEXT ? new Message.Text(payload) : Message.binary(payload);
  }
}
