package dev.heddle.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import dev.heddle.Networks;
import dev.heddle.Observer;
import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import dev.heddle.proxy.ProxyProtocol.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Connections behind a proxy, on every backend.
@Tag("every-backend")
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyProtocolTest {
  private static final Networks LOOPBACK = Networks.parse("127.0.0.0/8,unix");
  private static final Networks ELSEWHERE = Networks.parse("10.0.0.0/8");
  private static final byte[] LINE =
      "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n".getBytes(US_ASCII);

  /// Whom the handlers saw.
  private final BlockingQueue<Peer> seen = new LinkedBlockingQueue<>();

  static List<String> backends() {
    return TestBackends.names();
  }

  private Server serve(String backend, Mode mode, Networks trusted) throws IOException {
    return serve(ServerOptions.builder().backend(backend), mode, trusted);
  }

  private Server serve(ServerOptions.Builder options, Mode mode, Networks trusted)
      throws IOException {
    return Server.builder()
        .options(options.trustedProxies(trusted).build())
        .listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ProxyProtocol.of(echo(), mode, trusted))
        .start();
  }

  private ConnectionHandler echo() {
    return connection -> {
      seen.add(connection.peer());
      connection.input().transferTo(connection.output());
    };
  }

  private static Socket connect(Server server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static String receive(Socket socket, int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), US_ASCII);
  }

  private static void assertTurnedAway(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theHandlerSeesTheClientAndKnowsTheProxy(String backend) throws Exception {
    byte[] tls = {1 | 2, 0, 0, 0, 0, 0x21, 0, 7, 'T', 'L', 'S', 'v', '1', '.', '3'};
    byte[] binary =
        Version2.ipv4().extension(2, "example.org").extension(0x20, tls).checksum().build();
    try (Server server = serve(backend, Mode.REQUIRED, LOOPBACK);
        Socket text = connect(server)) {
      text.getOutputStream().write(join(LINE, "hello".getBytes(US_ASCII)));
      assertThat(receive(text, 5)).isEqualTo("hello");
      Peer peer = seen.take();
      assertThat(peer).hasToString("192.0.2.1:56324");
      assertThat(Peer.format(peer.local())).isEqualTo("198.51.100.1:443");
      assertThat(peer.proxy().sender().remote()).isEqualTo(text.getLocalSocketAddress());
      assertThat(peer.proxy().tls()).isNull();

      try (Socket socket = connect(server)) {
        socket.getOutputStream().write(binary);
        ProxyHeader told = seen.take().proxy();
        assertThat(told.authority()).isEqualTo("example.org");
        assertThat(told.value(0x02)).isEqualTo("example.org".getBytes(US_ASCII));
        assertThat(told.value(0xea)).isNull();
        assertThat(told.applicationProtocol()).isNull();
        assertThat(told.tls())
            .isEqualTo(new ProxyHeader.Tls(true, true, "TLSv1.3", null, null, null, null));
        send(socket, "hello");
        assertThat(receive(socket, 5)).isEqualTo("hello");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void observersAreToldWhoCameAndThenForWhomItSpeaks(String backend) throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Observer observer =
        new Observer() {
          @Override
          public void connectionOpened(Connection connection) {
            told.add("opened " + connection.peer().remoteInetAddress());
          }

          @Override
          public void connectionIntroduced(Connection connection) {
            told.add(
                "introduced %s by %s"
                    .formatted(
                        connection.peer(), connection.peer().proxy().sender().remoteInetAddress()));
          }

          @Override
          public void connectionClosed(Connection connection) {
            told.add("closed " + connection.peer());
          }
        };
    try (Server server =
        Server.builder()
            .options(ServerOptions.builder().backend(backend).trustedProxies(LOOPBACK).build())
            .observer(Observer.all(observer, new Observer() {}))
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ProxyProtocol.of(echo(), Mode.REQUIRED, LOOPBACK))
            .start()) {
      try (Socket socket = connect(server)) {
        socket.getOutputStream().write(LINE);
        send(socket, "hello");
        assertThat(receive(socket, 5)).isEqualTo("hello");
      }
      assertThat(told.take()).isEqualTo("opened /127.0.0.1");
      assertThat(told.take()).isEqualTo("introduced 192.0.2.1:56324 by /127.0.0.1");
      assertThat(told.take()).isEqualTo("closed 192.0.2.1:56324");
    }
  }

  /// A byte at a time, with what follows as it comes.
  @ParameterizedTest
  @MethodSource("backends")
  void aHeaderMayComeInPieces(String backend) throws Exception {
    try (Server server = serve(backend, Mode.REQUIRED, LOOPBACK)) {
      for (byte[] header : List.of(LINE, Version2.ipv4().extension(4, new byte[1500]).build())) {
        int step = header.length > 200 ? 13 : 1;
        for (int cut = 1; cut < header.length; cut += step) {
          try (Socket socket = connect(server)) {
            socket.getOutputStream().write(header, 0, cut);
            socket.getOutputStream().write(header, cut, header.length - cut);
            send(socket, "x");
            assertThat(receive(socket, 1)).isEqualTo("x");
            assertThat(seen.take()).hasToString("192.0.2.1:56324");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoeverIsNotTrustedCannotSayWhoHeIs(String backend) throws Exception {
    try (Server server = serve(backend, Mode.REQUIRED, ELSEWHERE);
        Socket socket = connect(server)) {
      socket.getOutputStream().write(LINE);
      assertTurnedAway(socket);
      assertThat(seen).isEmpty();
    }
    try (Server server = serve(backend, Mode.OPTIONAL, ELSEWHERE);
        Socket socket = connect(server)) {
      socket.getOutputStream().write(LINE);
      assertThat(receive(socket, LINE.length)).isEqualTo(new String(LINE, US_ASCII));
      assertThat(seen.take().remote()).isEqualTo(socket.getLocalSocketAddress());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void withoutAHeaderAProxyIsTurnedAwayOrServedAsItself(String backend) throws Exception {
    try (Server server = serve(backend, Mode.REQUIRED, LOOPBACK)) {
      for (String text : List.of("hello", "P", "\r\nx")) {
        try (Socket socket = connect(server)) {
          send(socket, text);
          socket.shutdownOutput();
          assertTurnedAway(socket);
        }
      }
      assertThat(seen).isEmpty();
    }
    try (Server server = serve(backend, Mode.OPTIONAL, LOOPBACK)) {
      for (String text : List.of("hello", "P", "PROX", "\r\nx")) {
        try (Socket socket = connect(server)) {
          send(socket, text);
          socket.shutdownOutput();
          assertThat(receive(socket, 9)).isEqualTo(text);
          assertThat(seen.take().proxy()).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatIsMalformedEndsTheConnection(String backend) throws Exception {
    for (Mode mode : List.of(Mode.OPTIONAL, Mode.REQUIRED)) {
      try (Server server = serve(backend, mode, LOOPBACK);
          Socket socket = connect(server)) {
        send(socket, "PROXY TCP4 a b c d\r\nGET / HTTP/1.1\r\n\r\n");
        assertTurnedAway(socket);
        assertThat(seen).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aHealthCheckIsThatOfTheProxy(String backend) throws Exception {
    try (Server server = serve(backend, Mode.REQUIRED, LOOPBACK);
        Socket socket = connect(server)) {
      socket.getOutputStream().write(new Version2(0x20, 0).build());
      send(socket, "up?");
      assertThat(receive(socket, 3)).isEqualTo("up?");
      Peer peer = seen.take();
      assertThat(peer.remote()).isEqualTo(socket.getLocalSocketAddress());
      assertThat(peer.proxy()).isNull();

      try (Socket unknown = connect(server)) {
        unknown.getOutputStream().write(new Version2(0x21, 0).extension(2, "a.org").build());
        Peer other = seen.take();
        assertThat(other.remote()).isEqualTo(unknown.getLocalSocketAddress());
        assertThat(other.proxy().authority()).isEqualTo("a.org");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theLimitPerAddressIsThatOfTheClients(String backend) throws Exception {
    ServerOptions.Builder options =
        ServerOptions.builder().backend(backend).maxConnectionsPerAddress(1);
    byte[] other = "PROXY TCP4 192.0.2.2 198.51.100.1 1 443\r\n".getBytes(US_ASCII);
    try (Server server = serve(options, Mode.REQUIRED, LOOPBACK);
        Socket first = connect(server);
        Socket second = connect(server);
        Socket third = connect(server)) {
      first.getOutputStream().write(LINE);
      assertThat(seen.take()).hasToString("192.0.2.1:56324");
      second.getOutputStream().write(other);
      assertThat(seen.take()).hasToString("192.0.2.2:1");
      third.getOutputStream().write(LINE);
      assertTurnedAway(third);
      assertThat(server.statistics().refused()).isEqualTo(1);

      first.shutdownOutput();
      while (server.statistics().connections() > 1) {
        Thread.onSpinWait();
      }
      try (Socket again = connect(server)) {
        again.getOutputStream().write(LINE);
        assertThat(seen.take()).hasToString("192.0.2.1:56324");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aProxyMayComeOverAUnixDomainSocket(String backend, @TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (Server _ =
            Server.builder()
                .options(ServerOptions.builder().backend(backend).build())
                .listen(address, ProxyProtocol.of(echo(), Mode.REQUIRED, LOOPBACK))
                .start();
        SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap(Version2.ipv6().build()));
      assertThat(seen.take()).hasToString("[2001:db8:0:0:0:0:0:1]:65535");
    }
  }
}
