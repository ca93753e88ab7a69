package dev.heddle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Run by tests in a process of its own: one loop, carrying handlers that hold it when told, until
/// the watchdog has spoken.
final class StallMain {
  /// Long enough that a busy machine does not hold a loop for so long by itself.
  private static final Duration LIMIT = Duration.ofMillis(500);

  private static volatile boolean spoken;

  private StallMain() {}

  public static void main(String[] args) throws IOException {
    Observer observer =
        new Observer() {
          @Override
          public void loopStalled(String loop, Duration since) {
            System.out.println(loop + " " + (since.compareTo(LIMIT) >= 0));
            spoken = true;
          }
        };
    ServerOptions options =
        TestBackends.SELECTOR_LOOP.optionsWithOneLoop().loopStallWarning(LIMIT).build();
    try (Server server =
        Server.builder()
            .options(options)
            .observer(observer)
            .listen(TestBackends.anyPort(), StallMain::holdWhenTold)
            .listen(TestBackends.anyPort(), StallMain::holdAtOnce)
            .listen(TestBackends.anyPort(), (ExchangeHandler) Holding::new)
            .start()) {
      server.localAddresses().stream()
          .map(address -> ((InetSocketAddress) address).getPort())
          .forEach(System.out::println);
      while (System.in.read() >= 0) {}
      System.out.println("ended");
    }
  }

  private static void holdWhenTold(Connection c) throws IOException {
    for (int b; (b = c.input().read()) >= 0; ) {
      switch (b) {
        case 'h' -> holdTheLoop();
        case 's' -> sleep();
        default -> {}
      }
      c.output().write(b);
    }
  }

  private static void holdAtOnce(Connection c) throws IOException {
    holdTheLoop();
    c.output().write('h');
  }

  /// Holds the loop in each exchange.
  private record Holding(Connection connection) implements ExchangeHandler.Exchanges {
    @Override
    public void awaiting() {
      connection.awaiting(Duration.ZERO);
    }

    @Override
    public boolean serveNext() throws IOException {
      int octet = connection.input().read();
      if (octet < 0) {
        return false;
      }
      holdTheLoop();
      connection.output().write(octet);
      return true;
    }
  }

  private static void holdTheLoop() {
    spoken = false;
    while (!spoken) {
      Thread.onSpinWait();
    }
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(LIMIT.multipliedBy(2));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
