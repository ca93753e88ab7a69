package dev.heddle.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Listeners of different protocols in one server.
@Tag("every-backend")
class ProtocolsTest {
  static List<String> backends() {
    return TestBackends.names();
  }

  private static String exchange(SocketAddress address, String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
      channel.shutdownOutput();
      ByteBuffer reply = ByteBuffer.allocate(4096);
      while (channel.read(reply) >= 0) {}
      return new String(reply.array(), 0, reply.position(), US_ASCII);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void oneServerSpeaksAnotherProtocolOnEachListener(String backend, @TempDir Path folder)
      throws Exception {
    String get = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    Http1 http = Http1.of(request -> Response.text("from " + request.peer()));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Server server =
        Server.builder()
            .options(ServerOptions.builder().backend(backend).build())
            .listen(any, http)
            .listen(any, c -> c.input().transferTo(c.output()))
            .listen(UnixDomainSocketAddress.of(folder.resolve("http.sock")), http)
            .start()) {
      List<SocketAddress> addresses = server.localAddresses();
      assertThat(exchange(addresses.get(0), get)).startsWith("HTTP/1.1 200 ").contains("from 127.");
      assertThat(exchange(addresses.get(1), get)).isEqualTo(get);
      assertThat(exchange(addresses.get(2), get))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("from unix:");
    }
  }
}
