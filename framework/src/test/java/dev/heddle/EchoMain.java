package dev.heddle;

import java.io.IOException;

/// Run by tests in a process of its own: an echo server that prints its port, and "exhausted" when
/// accepting has failed often; ends with its standard input.
final class EchoMain {
  private static final int OFTEN = 60;

  private EchoMain() {}

  public static void main(String[] args) throws IOException {
    Observer observer =
        new Observer() {
          private int failures;

          @Override
          public void acceptFailed(IOException cause) {
            if (++failures == OFTEN) {
              System.out.println("exhausted");
            }
          }
        };
    TestBackends backend = TestBackends.valueOf(args[0]);
    ServerOptions options =
        args.length > 1
            ? backend.options().carrier(Carrier.valueOf(args[1])).build()
            : backend.options().build();
    try (Server server =
        Server.builder()
            .options(options)
            .observer(observer)
            .listen(TestBackends.anyPort(), c -> c.input().transferTo(c.output()))
            .start()) {
      System.out.println(server.localAddress().getPort());
      System.out.println(server.description());
      while (System.in.read() >= 0) {}
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
