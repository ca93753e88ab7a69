package dev.heddle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/// Run by tests in a process of its own: a server that tells each client the number of its process,
/// in ten characters. Prints its port or address, or why there is none. Listens on what it
/// inherits, or on a shared port.
final class ListenMain {
  private ListenMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    byte[] name =
        "%10d".formatted(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    ConnectionHandler handler = c -> c.output().write(name);
    Server.Builder server = Server.builder().options(options(args[0]));
    if (args[1].equals("inherited")) {
      server.listen((ServerSocketChannel) System.inheritedChannel(), handler);
    } else {
      int port = Integer.parseInt(args[1].substring("shared:".length()));
      server.listen(new InetSocketAddress(TestBackends.anyPort().getAddress(), port), handler);
    }
    SocketAddress address = start(server).localAddresses().getFirst();
    System.out.println(
        address instanceof InetSocketAddress inet ? inet.getPort() : Peer.format(address));
    new CountDownLatch(1).await();
  }

  private static Server start(Server.Builder server) throws IOException {
    try {
      return server.start();
    } catch (UnsupportedOperationException e) {
      System.out.println(e.getMessage());
      System.exit(1);
      throw e;
    }
  }

  private static ServerOptions options(String backend) {
    SocketOptions shared = SocketOptions.builder().reusePort(true).build();
    return TestBackends.valueOf(backend).options().sockets(shared).build();
  }
}
