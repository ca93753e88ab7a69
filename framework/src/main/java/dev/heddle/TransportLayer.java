package dev.heddle;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A protocol between a connection and its network, such as TLS: what the handler above reads and
/// writes passes through it. See [Connection#layer].
@FunctionalInterface
public interface TransportLayer {

  /// Begins the layer on one connection, on the thread of its handler; may block to shake hands.
  ///
  /// @param below moves the bytes of the layer itself; closing either closes both
  /// @param arrived bytes that were already read from `below`; neither changed nor kept
  /// @return what the handler reads and writes from now on
  /// @throws IOException if the peer, or the network, failed: the connection is then over
  Transport over(Transport below, ByteBuffer arrived) throws IOException;
}
