package dev.heddle.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The messages in the bytes that are there: whole, or as streams, which may be left for the next.
/// It does no input by itself.
///
/// Threading: whoever has the [ReadingRole].
final class IncomingMessages {
  private static final int SCRATCH = 8 * 1024;

  private final MessageReader reader;
  private final MessageAssembler assembler;

  /// The message that is read as a stream, if it has not been read to its end.
  private @Nullable StreamedMessage stream;

  /// Whether the rest of the message under way is dropped.
  private boolean skipping;

  IncomingMessages(MessageReader reader, int maxMessage) {
    this.reader = reader;
    this.assembler = new MessageAssembler(reader, maxMessage);
  }

  /// Whether a message has begun and not ended.
  boolean isWithinMessage() {
    return reader.isWithinMessage();
  }

  /// Whether a message is read as a stream.
  boolean isStreaming() {
    return stream != null;
  }

  /// How much there is of a message that is not whole yet, in bytes.
  int lengthOfPart() {
    return assembler.length();
  }

  /// The next message, if it is whole.
  ///
  /// @throws WebSocketException if it is, or is going to be, larger than is allowed
  @Nullable Message poll(ByteBuffer in) throws IOException {
    return skipping && !skip(in) ? null : assembler.poll(in);
  }

  /// As [#poll], but for who does not know yet whether it is wanted whole: see
  /// [MessageAssembler#pollAhead].
  @Nullable Message pollAhead(ByteBuffer in, int enough) throws IOException {
    return skipping && !skip(in) ? null : assembler.pollAhead(in, enough);
  }

  /// The beginning of the next message, to be read by [#read].
  ///
  /// @param inbox whom its reader asks for more
  @Nullable StreamedMessage pollStream(ByteBuffer in, Inbox inbox) throws IOException {
    if (skipping && !skip(in)) {
      return null;
    }
    int opcode = reader.begin(in);
    if (opcode == MessageReader.NEEDS_INPUT) {
      return null;
    }
    StreamedMessage begun =
        new StreamedMessage(inbox, opcode == Opcode.TEXT, assembler.start(), false);
    assembler.forget();
    stream = begun;
    return begun;
  }

  /// Whether a message is the one that is read as a stream.
  boolean isStreaming(StreamedMessage message) {
    return message.equals(stream);
  }

  /// Reads of the message that is read as a stream: see [MessageReader#read].
  int read(ByteBuffer in, byte[] dst, int offset, int length) throws IOException {
    int count = reader.read(in, dst, offset, length);
    if (count == MessageReader.END) {
      stream = null;
    }
    return count;
  }

  /// Leaves the message that is read as a stream, if one is.
  void leaveStream() {
    if (stream != null) {
      stream = null;
      skipping = true;
    }
  }

  void checkSize(Message message) throws WebSocketException {
    assembler.checkSize(message.length());
  }

  /// Drops the rest of the message that was left.
  ///
  /// @return whether all of it has come
  private boolean skip(ByteBuffer in) throws IOException {
    skipping = !drop(in, new byte[SCRATCH]);
    return !skipping;
  }

  /// Drops all messages.
  void dropAll(ByteBuffer in) throws IOException {
    byte[] scratch = new byte[SCRATCH];
    stream = null;
    while (reader.begin(in) != MessageReader.NEEDS_INPUT && drop(in, scratch)) {
      // on to the next
    }
  }

  /// Drops the message under way.
  ///
  /// @return whether all of it has come
  private boolean drop(ByteBuffer in, byte[] scratch) throws IOException {
    assembler.forget();
    int count;
    do {
      count = reader.read(in, scratch, 0, scratch.length);
    } while (count > 0);
    return count == MessageReader.END;
  }
}
