package dev.heddle.proxy;

import dev.heddle.ProxyHeader;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// What may stand behind the addresses of version 2: a type, the length of its value, the value,
/// and so on to the end (section 2.2).
final class Extensions {
  /// A type and the length of its value, in octets.
  private static final int PREFIX = 3;

  /// The longest name of a connection, in octets (section 2.2.5).
  private static final int LONGEST_UNIQUE_ID = 128;

  private Extensions() {}

  /// The values by their types; where one is repeated, the first. The checksum, if there is one,
  /// has been checked.
  ///
  /// @param header whole, at the first extension
  static Map<Integer, byte[]> parse(ByteBuffer header) throws ProxyProtocolException {
    Map<Integer, byte[]> values = new TreeMap<>();
    while (header.hasRemaining()) {
      int type = type(header);
      byte[] value = value(header);
      if (type == ProxyHeader.CRC32C) {
        checkSum(header, value);
      }
      if (type == ProxyHeader.UNIQUE_ID && value.length > LONGEST_UNIQUE_ID) {
        throw new ProxyProtocolException("the name of the connection is too long");
      }
      if (type != ProxyHeader.NOOP) {
        values.putIfAbsent(type, value);
      }
    }
    return values;
  }

  /// The type of the next, whose length has come as well.
  static int type(ByteBuffer in) throws ProxyProtocolException {
    if (in.remaining() < PREFIX) {
      throw new ProxyProtocolException("an extension is cut short");
    }
    return in.get() & 0xff;
  }

  static byte[] value(ByteBuffer in) throws ProxyProtocolException {
    int length = in.getShort() & 0xffff;
    if (in.remaining() < length) {
      throw new ProxyProtocolException("an extension is cut short");
    }
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }

  /// The sum is over the whole header, with zeros where it stands itself (section 2.2.3).
  ///
  /// @param header behind the checksum
  private static void checkSum(ByteBuffer header, byte[] sum) throws ProxyProtocolException {
    if (sum.length != Integer.BYTES) {
      throw new ProxyProtocolException("the checksum is no CRC32c");
    }
    CRC32C computed = new CRC32C();
    computed.update(header.slice(0, header.position() - sum.length));
    computed.update(new byte[sum.length]);
    computed.update(header.slice());
    if ((int) computed.getValue() != ByteBuffer.wrap(sum).getInt()) {
      throw new ProxyProtocolException("the checksum is wrong");
    }
  }
}
