package dev.heddle.backend.blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/// A blocking channel on a virtual thread, which lets the others that can run go first before it
/// reads, as long as that pays.
///
/// A read that finds no bytes costs an attempt, a registration with the JDK's poller, a wake-up of
/// the poller and one of the thread. Under load, by the time the others have had their turn, the
/// bytes are often there, and all of that falls away. With little load they are not, and the turn
/// is given for nothing: so each connection keeps a score of how its last reads went.
///
/// Who waits for the poller must not wait for ever behind those who never do: see [Turns].
final class VirtualTransport extends BlockingTransport {
  /// A read that took less than this found its bytes there.
  private static final long AT_ONCE_NANOS = 20_000;

  private static final int BEST_SCORE = 8;
  private static final int HIT = 2;
  private static final int MISS = 3;

  /// With no score left, every so many reads give a turn all the same, to find out. And a
  /// connection that always finds bytes, while others wait for the poller, leaves after as many.
  private static final int READS_A_TRIAL = 16;

  private final Turns turns;
  private int score;
  private int readsSinceTrial;
  private int readsWhileOverdue;
  private long lastRead;

  VirtualTransport(SocketChannel channel, Turns turns) throws IOException {
    super(channel);
    this.turns = turns;
  }

  @Override
  public boolean awaitReadable() throws IOException {
    if (score > 0 || ++readsSinceTrial >= READS_A_TRIAL) {
      readsSinceTrial = 0;
      giveTurn();
    }
    return false;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  private void giveTurn() {
    if (turns.areTaken(lastRead)) {
      Thread.yield();
    } else if (++readsWhileOverdue >= READS_A_TRIAL) {
      readsWhileOverdue = 0;
      LockSupport.parkNanos(1); // comes back from outside, behind the poller
    }
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    long start = System.nanoTime();
    int count = super.read(dst);
    lastRead = System.nanoTime();
    score =
        lastRead - start < AT_ONCE_NANOS
            ? Math.min(BEST_SCORE, score + HIT)
            : Math.max(0, score - MISS);
    return count;
  }
}
