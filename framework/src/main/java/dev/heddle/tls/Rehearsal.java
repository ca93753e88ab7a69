package dev.heddle.tls;

import dev.heddle.BufferPool;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// The server's first half of a handshake, in memory: up to where it has signed and would wait for
/// the client. So a certificate that no handshake would accept is known at the start, and the first
/// real handshake does not have to load classes, which on the selector backend would hold an event
/// loop.
final class Rehearsal {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private Rehearsal() {}

  /// @param client says hello, and no more
  /// @throws SSLException if the server finds no certificate, protocol and cipher suite to answer
  ///   by
  static void run(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer hello = ByteBuffer.allocate(2 * BufferPool.CAPACITY);
    client.wrap(NOTHING, hello);
    server.beginHandshake();
    server.unwrap(hello.flip(), NOTHING);
    ByteBuffer answer = ByteBuffer.allocate(2 * BufferPool.CAPACITY);
    while (true) {
      HandshakeStatus status = server.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        for (Runnable task; (task = server.getDelegatedTask()) != null; ) {
          task.run();
        }
      } else if (status == HandshakeStatus.NEED_WRAP) {
        server.wrap(NOTHING, answer.clear());
      } else {
        return;
      }
    }
  }
}
