package dev.heddle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;

/// Run by tests in a process of its own: handlers on one loop and a platform thread log all they
/// can through one handler of the JDK's, with the lock that it takes.
final class LoggingMain {
  private static final Logger LOG = System.getLogger("dev.heddle.test.logging");

  private LoggingMain() {}

  public static void main(String[] args) throws Exception {
    CountDownLatch logging = new CountDownLatch(1);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              for (; ; ) {
                LOG.log(Level.WARNING, "the rival logs");
                logging.countDown();
              }
            });
    logging.await();
    ServerOptions options = TestBackends.valueOf(args[0]).optionsWithOneLoop().build();
    ConnectionHandler handler =
        c -> {
          for (int b; (b = c.input().read()) >= 0; ) {
            LOG.log(Level.WARNING, "the handler logs");
            c.output().write(b);
          }
        };
    try (Server server = TestBackends.serve(options, handler)) {
      new EchoClient(server.localAddress(), 1).run(16, 50, 1, 1);
    }
    System.out.println("all echoed");
  }
}
