package dev.heddle.backend.blocking;

import dev.heddle.backend.BlockingTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;

/// A blocking channel on a virtual thread, which lets the others that can run go first before it
/// reads, while [Turns] finds that this pays.
final class VirtualTransport extends BlockingTransport {
  private final Turns turns;
  private final ThreadFactory threads;

  VirtualTransport(SocketChannel channel, Turns turns, ThreadFactory threads) throws IOException {
    super(channel, Integer.MAX_VALUE);
    this.turns = turns;
    this.threads = threads;
  }

  @Override
  public boolean startThread(Runnable rest) {
    threads.newThread(rest).start();
    return true;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (!turns.give(true)) {
      return super.read(dst);
    }
    long start = System.nanoTime();
    int count = super.read(dst);
    turns.judge(System.nanoTime() - start);
    return count;
  }
}
