package dev.heddle.proxy;

import dev.heddle.ProxyHeader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Version 2, in binary, all numbers with their highest octet first (section 2.2):
///
/// ```
///    0            12        13         14        16
///    | signature  | version | family   | length  | source, destination, ports | extensions
///    |            | command | protocol |         |<------------ length ------------------>
/// ```
final class BinaryHeader {
  /// What has to come before the length of all is known.
  private static final int FIXED = 16;

  /// The longest that is taken, behind the fixed part. The addresses take 216 octets at most, and
  /// the common extensions some hundred; a client's certificate would fit, too.
  static final int LONGEST = 4096;

  private static final int VERSION = 2;
  private static final int LOCAL = 0;
  private static final int PROXY = 1;

  private static final int UNSPECIFIED = 0x00;
  private static final int TCP_OVER_IPV4 = 0x11;
  private static final int TCP_OVER_IPV6 = 0x21;
  private static final int UNIX_STREAM = 0x31;

  private static final int IPV4_LENGTH = 4;
  private static final int IPV6_LENGTH = 16;
  private static final int UNIX_LENGTH = 108;

  private BinaryHeader() {}

  /// Reads a header, if it has come.
  ///
  /// @param unread begins with the signature
  static Heading read(ByteBuffer unread) throws ProxyProtocolException {
    if (unread.remaining() < FIXED) {
      return new Heading.Incomplete();
    }
    int start = unread.position();
    int version = unread.get(start + 12) >> 4 & 0xf;
    int command = unread.get(start + 12) & 0xf;
    int family = unread.get(start + 13) & 0xff;
    int length = unread.getShort(start + 14) & 0xffff;
    check(version == VERSION, "the version is neither 1 nor 2");
    check(command == LOCAL || command == PROXY, "the command is unknown");
    check(length <= LONGEST, "the header is too long");
    if (unread.remaining() < FIXED + length) {
      return new Heading.Incomplete();
    }
    byte[] header = new byte[FIXED + length];
    unread.get(start, header);
    return command == LOCAL
        ? new Heading.Present(header.length, true, null, Map.of(), null)
        : parse(ByteBuffer.wrap(header).position(FIXED), family);
  }

  private static Heading parse(ByteBuffer header, int family) throws ProxyProtocolException {
    Heading.Ends ends = ends(header, family);
    Map<Integer, byte[]> values = Extensions.parse(header);
    byte[] ssl = values.get(ProxyHeader.SSL);
    return new Heading.Present(
        header.limit(), false, ends, values, ssl == null ? null : TlsExtension.parse(ssl));
  }

  private static Heading.@Nullable Ends ends(ByteBuffer header, int family)
      throws ProxyProtocolException {
    return switch (family) {
      case UNSPECIFIED -> null;
      case TCP_OVER_IPV4 -> inet(header, IPV4_LENGTH);
      case TCP_OVER_IPV6 -> inet(header, IPV6_LENGTH);
      case UNIX_STREAM -> new Heading.Ends(unix(header), unix(header));
      default -> throw new ProxyProtocolException("the family is unknown, or not of streams");
    };
  }

  private static Heading.Ends inet(ByteBuffer header, int length) throws ProxyProtocolException {
    InetAddress source = address(header, length);
    InetAddress destination = address(header, length);
    check(header.remaining() >= 2 * Short.BYTES, "the addresses are cut short");
    return new Heading.Ends(
        new InetSocketAddress(source, header.getShort() & 0xffff),
        new InetSocketAddress(destination, header.getShort() & 0xffff));
  }

  private static InetAddress address(ByteBuffer header, int length) throws ProxyProtocolException {
    check(header.remaining() >= length, "the addresses are cut short");
    byte[] octets = new byte[length];
    header.get(octets);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("neither 4 nor 16 octets", e);
    }
  }

  /// A path ends before its first NUL. One that is not in a file, and so begins with NUL, is taken
  /// for none.
  private static SocketAddress unix(ByteBuffer header) throws ProxyProtocolException {
    check(header.remaining() >= UNIX_LENGTH, "the addresses are cut short");
    byte[] octets = new byte[UNIX_LENGTH];
    header.get(octets);
    String path = new String(octets, StandardCharsets.UTF_8);
    int end = path.indexOf('\0');
    try {
      return UnixDomainSocketAddress.of(end < 0 ? path : path.substring(0, end));
    } catch (InvalidPathException e) {
      throw new ProxyProtocolException("the path of a socket is none");
    }
  }

  private static void check(boolean holds, String otherwise) throws ProxyProtocolException {
    if (!holds) {
      throw new ProxyProtocolException(otherwise);
    }
  }
}
