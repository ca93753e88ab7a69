package dev.heddle;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Run by tests in a process of its own: an echo server on Helidon that prints its port, and does
/// as single bytes say: `t` takes all descriptors but one, and that one again and again; `g` gives
/// them back.
final class FallenListenerMain {
  private static final Deque<Closeable> TAKEN = new ArrayDeque<>();
  private static volatile boolean taking;

  private FallenListenerMain() {}

  public static void main(String[] args) throws Exception {
    ServerOptions options = ServerOptions.builder().backend("helidon").build();
    giveBack(); // loads what that needs
    try (Server server = TestBackends.serve(options, FallenListenerMain::obey)) {
      System.out.println(server.localAddress().getPort());
      while (System.in.read() >= 0) {}
    }
    System.exit(0); // a listener that fell before its first connection leaves its thread behind
  }

  private static void obey(Connection c) throws IOException {
    for (int b; (b = c.input().read()) >= 0; ) {
      switch (b) {
        case 't' -> {
          taking = true;
          takeWhatIsLeft();
          Thread.ofPlatform().daemon().start(FallenListenerMain::keepTaking);
        }
        case 'g' -> giveBack();
        default -> {}
      }
      c.output().write(b);
    }
  }

  /// The system reserves the descriptor of the next connection when accepting begins. So there must
  /// seem to be one before, and then be none.
  private static void keepTaking() {
    while (taking) {
      takeWhatIsLeft();
      giveBackOne();
    }
  }

  private static synchronized void takeWhatIsLeft() {
    try {
      while (taking) {
        TAKEN.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // that was the last
    }
  }

  private static synchronized void giveBackOne() {
    try (Closeable _ = TAKEN.poll()) {
      Thread.onSpinWait();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static synchronized void giveBack() {
    taking = false;
    while (!TAKEN.isEmpty()) {
      giveBackOne();
    }
  }
}
