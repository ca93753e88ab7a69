package dev.heddle.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/// One question to the kernel's sock_diag(7), by netlink(7): what it knows of a TCP socket.
///
/// ```
///   0 nlmsghdr: length(4) type(2) flags(2) sequence(4) port(4)
///  16 inet_diag_req_v2: family(1) protocol(1) attributes(1) pad(1) states(4)
///  24   inet_diag_sockid: local port(2) remote port(2), both as on the wire,
///  28     local address(16) remote address(16) interface(4) cookie(8)
///
///   0 nlmsghdr, 16 inet_diag_msg(72), 88 attributes: each length(2) type(2) value, aligned to 4
/// ```
final class SocketDiagnosis {
  private static final int REQUEST_LENGTH = 72;
  private static final int REPLY_CAPACITY = 4096;

  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short NLM_F_REQUEST = 1;
  private static final short NLMSG_ERROR = 2;
  private static final byte AF_INET = 2;
  private static final byte AF_INET6 = 10;
  private static final byte IPPROTO_TCP = 6;
  private static final short INET_DIAG_INFO = 2;
  private static final int ANY = -1;

  private static final int FIRST_ATTRIBUTE = 16 + 72;
  private static final int ENOENT = 2;

  private static final ValueLayout.OfShort ON_THE_WIRE =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketDiagnosis() {}

  static TcpInfo of(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    try (NetlinkSocket socket = NetlinkSocket.open();
        Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST_LENGTH, 8);
      write(request, local, remote);
      socket.send(request);
      MemorySegment reply = arena.allocate(REPLY_CAPACITY, 8);
      return read(reply.asSlice(0, socket.receive(reply)));
    }
  }

  private static void write(
      MemorySegment request, InetSocketAddress local, InetSocketAddress remote) {
    request.set(ValueLayout.JAVA_INT, 0, REQUEST_LENGTH);
    request.set(ValueLayout.JAVA_SHORT, 4, SOCK_DIAG_BY_FAMILY);
    request.set(ValueLayout.JAVA_SHORT, 6, NLM_F_REQUEST);
    InetAddress to = remote.getAddress();
    request.set(ValueLayout.JAVA_BYTE, 16, to instanceof Inet6Address ? AF_INET6 : AF_INET);
    request.set(ValueLayout.JAVA_BYTE, 17, IPPROTO_TCP);
    request.set(ValueLayout.JAVA_BYTE, 18, (byte) (1 << (INET_DIAG_INFO - 1)));
    request.set(ValueLayout.JAVA_INT, 20, ANY);
    request.set(ON_THE_WIRE, 24, (short) local.getPort());
    request.set(ON_THE_WIRE, 26, (short) remote.getPort());
    copy(local.getAddress(), request, 28);
    copy(to, request, 44);
    request.set(ValueLayout.JAVA_INT, 60, to instanceof Inet6Address v6 ? v6.getScopeId() : 0);
    request.set(ValueLayout.JAVA_INT, 64, ANY);
    request.set(ValueLayout.JAVA_INT, 68, ANY);
  }

  private static void copy(InetAddress address, MemorySegment request, long offset) {
    byte[] octets = address.getAddress();
    MemorySegment.copy(octets, 0, request, ValueLayout.JAVA_BYTE, offset, octets.length);
  }

  private static TcpInfo read(MemorySegment reply) throws IOException {
    if (reply.get(ValueLayout.JAVA_SHORT, 4) == NLMSG_ERROR) {
      int error = -reply.get(ValueLayout.JAVA_INT, 16);
      throw new IOException(
          error == ENOENT ? "there is no such connection" : "sock_diag fails with error " + error);
    }
    long at = FIRST_ATTRIBUTE;
    while (at + 4 <= reply.byteSize()) {
      int length = Short.toUnsignedInt(reply.get(ValueLayout.JAVA_SHORT, at));
      if (reply.get(ValueLayout.JAVA_SHORT, at + 2) == INET_DIAG_INFO
          && length >= 4 + TcpInfo.LENGTH) {
        return TcpInfo.read(reply.asSlice(at + 4, TcpInfo.LENGTH));
      }
      at += Math.max(4, (length + 3) & ~3);
    }
    throw new IOException("this kernel does not tell enough: expected Linux 4.6 or later");
  }
}
