package dev.heddle.ws;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/// A message that is read as it comes, whatever its size; its bytes are decompressed, and if it is
/// text they have been found to be UTF-8 up to where they are read.
///
/// What is left unread is skipped by [#close()], or when the next message is asked for. Only the
/// last message asked for can be read. Reads block until at least one byte is there, return -1 at
/// the end of the message, and throw as [WebSocket#receive()] does.
///
/// Threading: whoever receives, one thread at a time.
public abstract sealed class MessageInput extends InputStream permits StreamedMessage {
  MessageInput() {}

  /// Whether it is text.
  public abstract boolean isText();

  /// Its characters, if it is text. Reads ahead of what it has returned, so read by it alone.
  ///
  /// @throws IllegalStateException if it is not
  public Reader reader() {
    if (!isText()) {
      throw new IllegalStateException("the message is binary");
    }
    return new InputStreamReader(this, StandardCharsets.UTF_8);
  }

  @Override
  public abstract int read(byte[] dst, int offset, int length) throws IOException;
}
