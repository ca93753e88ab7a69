package dev.heddle.linux;

import dev.heddle.Peer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.time.Duration;

/// What the kernel knows of a TCP connection: `TCP_INFO` of tcp(7), as `ss -ti` shows it.
///
/// @param roundTrip smoothed time from a segment to its acknowledgement
/// @param roundTripVariance by how much that varies
/// @param leastRoundTrip the least seen lately
/// @param retransmissionTimeout until what is not acknowledged is sent again
/// @param maximumSegmentSize to the peer, in bytes
/// @param congestionWindow segments that may be under way
/// @param unacknowledged segments under way
/// @param retransmitted segments sent again, since the connection began
/// @param notSent bytes that the kernel holds and has not sent
public record TcpInfo(
    Duration roundTrip,
    Duration roundTripVariance,
    Duration leastRoundTrip,
    Duration retransmissionTimeout,
    int maximumSegmentSize,
    int congestionWindow,
    int unacknowledged,
    int retransmitted,
    int notSent) {

  /// Where `struct tcp_info` of linux/tcp.h ends that has all these.
  static final int LENGTH = 152;

  /// What the kernel knows of a connection now, of this process or another: it is found by its
  /// addresses, so those must be the socket's own, and not what a proxy has told. Does not wait for
  /// the network; a few system calls.
  ///
  /// @throws IllegalArgumentException if the addresses are not those of TCP
  /// @throws IOException if there is no such connection
  /// @throws UnsupportedOperationException if this is no Linux, or native access is not enabled
  public static TcpInfo of(Peer peer) throws IOException {
    if (peer.local() instanceof InetSocketAddress local
        && peer.remote() instanceof InetSocketAddress remote) {
      return SocketDiagnosis.of(local, remote);
    }
    throw new IllegalArgumentException(peer + " is no peer by TCP");
  }

  /// @param info a `struct tcp_info`
  static TcpInfo read(MemorySegment info) {
    return new TcpInfo(
        micros(info, 68),
        micros(info, 72),
        micros(info, 148),
        micros(info, 8),
        info.get(ValueLayout.JAVA_INT, 16),
        info.get(ValueLayout.JAVA_INT, 80),
        info.get(ValueLayout.JAVA_INT, 24),
        info.get(ValueLayout.JAVA_INT, 100),
        info.get(ValueLayout.JAVA_INT, 144));
  }

  private static Duration micros(MemorySegment info, long offset) {
    long micros = Integer.toUnsignedLong(info.get(ValueLayout.JAVA_INT, offset));
    return Duration.ofNanos(micros * 1000);
  }
}
