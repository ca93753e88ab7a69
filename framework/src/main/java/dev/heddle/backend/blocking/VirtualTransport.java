package dev.heddle.backend.blocking;

import dev.heddle.backend.BlockingTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;

/// A blocking channel on a virtual thread, which lets the others that can run go first before it
/// reads, while [Turns] finds that this pays.
final class VirtualTransport extends BlockingTransport {
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();

  private final Turns turns;

  VirtualTransport(SocketChannel channel, Turns turns) throws IOException {
    super(channel, Integer.MAX_VALUE);
    this.turns = turns;
  }

  /// Starts a thread that serves a connection.
  static void start(Runnable service) {
    THREADS.newThread(service).start();
  }

  @Override
  public boolean startThread(Runnable rest) {
    start(rest);
    return true;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (!turns.give()) {
      return super.read(dst);
    }
    long start = System.nanoTime();
    int count = super.read(dst);
    turns.judge(System.nanoTime() - start);
    return count;
  }
}
