package dev.heddle.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Tells which version of the protocol a connection begins with, if any (section 2). Each is known
/// by its first bytes, which no other common protocol begins with.
final class HeaderReader {
  private static final byte[] VERSION_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VERSION_2 =
      "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

  private HeaderReader() {}

  /// Looks at the unread bytes of a connection, and leaves them.
  ///
  /// @throws ProxyProtocolException if they begin as a header, and are none
  static Heading read(ByteBuffer unread) throws ProxyProtocolException {
    if (beginsWith(unread, VERSION_1)) {
      return unread.remaining() < VERSION_1.length
          ? new Heading.Incomplete()
          : TextHeader.read(unread);
    }
    if (beginsWith(unread, VERSION_2)) {
      return unread.remaining() < VERSION_2.length
          ? new Heading.Incomplete()
          : BinaryHeader.read(unread);
    }
    return new Heading.Absent();
  }

  /// Whether they agree as far as both go.
  private static boolean beginsWith(ByteBuffer unread, byte[] signature) {
    int length = Math.min(unread.remaining(), signature.length);
    for (int i = 0; i < length; i++) {
      if (unread.get(unread.position() + i) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
