package dev.heddle.demo.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ConnectionHandler;
import dev.heddle.Networks;
import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.http.ForwardedFields;
import dev.heddle.http.ForwardedFields.Kind;
import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.proxy.ProxyProtocol;
import dev.heddle.proxy.ProxyProtocol.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// HTTP behind nginx and HAProxy, on every backend. Run by `mvn verify -Pproxies`, where both are
/// installed. The proxies are 127.0.0.1, and clients are 127.0.0.2.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpBehindProxies {
  private static final Networks PROXIES = Networks.parse("127.0.0.1,unix");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("127.0.0.2");

  private static final String NGINX =
      """
      upstream heddle { server 127.0.0.1:%SERVER%; keepalive 4; }
      map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
      server {
        listen 127.0.0.1:%PORT%;
        location / {
          proxy_pass http://heddle;
          proxy_http_version 1.1;
          proxy_set_header Host inner;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection $connection_upgrade;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto $scheme;
          proxy_set_header X-Forwarded-Host $http_host;
        }
      }
      """;

  private static final String HAPROXY =
      """
      frontend front
        mode http
        bind 127.0.0.1:%PORT%
        option forwardfor
        http-request set-header X-Forwarded-Proto http
        http-request set-header X-Forwarded-Host %[req.hdr(host)]
        default_backend heddle
      backend heddle
        mode http
        http-reuse always
        server one %SERVER% %OPTIONS%
      """;

  @TempDir Path folder;

  static List<String> backends() {
    return Server.backends();
  }

  /// Whom the handler sees, and by which way the request came.
  private static Response show(Request request) {
    Peer peer = request.peer();
    ProxyHeader proxy = peer.proxy();
    String by = proxy == null ? "nobody" : Peer.format(proxy.sender().remote());
    return Response.text(
        "%s by %s %s://%s"
            .formatted(
                Peer.format(peer.remote()),
                by.replaceFirst(":\\d+$", ""),
                request.scheme(),
                request.host()));
  }

  private static Server serve(String backend, SocketAddress address, ConnectionHandler handler)
      throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).trustedProxies(PROXIES).build())
        .listen(address, handler)
        .start();
  }

  private static Server serve(String backend, ConnectionHandler handler) throws IOException {
    return serve(backend, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler);
  }

  private static ConnectionHandler forwarded(HttpHandler handler) {
    return Http1.of(ForwardedFields.of(handler, Kind.X_FORWARDED, PROXIES));
  }

  private RunningProxy nginx(Server server) throws IOException {
    return RunningProxy.nginx(
        folder, NGINX.replace("%SERVER%", Integer.toString(server.localAddress().getPort())));
  }

  private RunningProxy haproxy(Server server, String options) throws IOException {
    return RunningProxy.haproxy(
        folder, backend("127.0.0.1:" + server.localAddress().getPort(), options));
  }

  private static String backend(String server, String options) {
    return HAPROXY.replace("%SERVER%", server).replace("%OPTIONS%", options);
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(CLIENT)
        .build();
  }

  private static String get(HttpClient client, RunningProxy proxy, String... fields)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(proxy.uri("/"));
    return client
        .send(
            fields.length == 0 ? request.build() : request.headers(fields).build(),
            BodyHandlers.ofString())
        .body();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void nginxKeepsItsConnectionsAndSaysWhoIsThere(String backend) throws Exception {
    try (Server server = serve(backend, forwarded(HttpBehindProxies::show));
        RunningProxy nginx = nginx(server);
        HttpClient client = client()) {
      for (int i = 0; i < 50; i++) {
        String seen = get(client, nginx, "X-Forwarded-For", "6.6.6.6, 127.0.0.1");
        assertThat(seen).isEqualTo("127.0.0.2:0 by 127.0.0.1 http://127.0.0.1:" + nginx.port());
      }
      assertThat(server.statistics().accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void haproxyKeepsItsConnectionsAndSaysWhoIsThere(String backend) throws Exception {
    try (Server server = serve(backend, forwarded(HttpBehindProxies::show));
        RunningProxy haproxy = haproxy(server, "");
        HttpClient client = client()) {
      for (int i = 0; i < 50; i++) {
        String seen = get(client, haproxy, "X-Forwarded-For", "6.6.6.6");
        assertThat(seen).isEqualTo("127.0.0.2:0 by 127.0.0.1 http://127.0.0.1:" + haproxy.port());
      }
      assertThat(server.statistics().accepted()).isEqualTo(1);
    }
  }

  static Stream<Arguments> backendsAndVersions() {
    return backends().stream()
        .flatMap(
            backend ->
                Stream.of(
                    Arguments.of(backend, "send-proxy"),
                    Arguments.of(backend, "send-proxy-v2"),
                    Arguments.of(backend, "send-proxy-v2 proxy-v2-options crc32c,authority,ssl")));
  }

  @ParameterizedTest
  @MethodSource("backendsAndVersions")
  void haproxySaysWhoIsThereByThePROXYProtocol(String backend, String options) throws Exception {
    ConnectionHandler handler =
        ProxyProtocol.of(Http1.of(HttpBehindProxies::show), Mode.REQUIRED, PROXIES);
    try (Server server = serve(backend, handler);
        RunningProxy haproxy = haproxy(server, options);
        HttpClient client = client()) {
      for (int i = 0; i < 10; i++) {
        assertThat(get(client, haproxy, "X-Forwarded-For", "6.6.6.6"))
            .matches("127\\.0\\.0\\.2:[1-9]\\d* by 127\\.0\\.0\\.1 http://.*");
      }
      assertThat(server.statistics().accepted()).isEqualTo(1);
      assertThat(server.statistics().failed()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void haproxyChecksItsHealthAsItself(String backend) throws Exception {
    ConnectionHandler handler =
        ProxyProtocol.of(Http1.of(HttpBehindProxies::show), Mode.REQUIRED, PROXIES);
    try (Server server = serve(backend, handler);
        RunningProxy haproxy =
            RunningProxy.haproxy(
                folder,
                backend(
                        "127.0.0.1:" + server.localAddress().getPort(),
                        "send-proxy-v2 check inter 10ms fall 1 rise 1")
                    + "  option httpchk GET /\n");
        HttpClient client = client()) {
      while (server.statistics().messages() < 5) {
        Thread.onSpinWait(); // until it has checked some times
      }
      assertThat(get(client, haproxy)).startsWith("127.0.0.2:");
      assertThat(server.statistics().failed()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void haproxyComesOverAUnixDomainSocket(String backend) throws Exception {
    Path socket = folder.resolve("heddle.sock");
    ConnectionHandler handler =
        ProxyProtocol.of(Http1.of(HttpBehindProxies::show), Mode.REQUIRED, PROXIES);
    try (Server _ = serve(backend, UnixDomainSocketAddress.of(socket), handler);
        RunningProxy haproxy =
            RunningProxy.haproxy(folder, backend("unix@" + socket, "send-proxy-v2"));
        HttpClient client = client()) {
      assertThat(get(client, haproxy)).matches("127\\.0\\.0\\.2:\\d+ by unix: http://.*");
    }
  }

  /// What WebSocket needs of a proxy, without its frames.
  private static Response upgrade(Request request) {
    return request.headers().containsToken("Connection", "upgrade")
        ? Response.upgrade("echo", c -> c.input().transferTo(c.output()))
        : Response.text("no");
  }

  private static void assertTunnels(RunningProxy proxy) throws IOException {
    try (Socket socket = proxy.connectFrom(CLIENT)) {
      String request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) in.read());
      }
      assertThat(head.toString()).startsWith("HTTP/1.1 101 ").containsIgnoringCase("upgrade: echo");
      for (int i = 0; i < 100; i++) {
        socket.getOutputStream().write("frame".getBytes(US_ASCII));
        assertThat(in.readNBytes(5)).isEqualTo("frame".getBytes(US_ASCII));
      }
      socket.shutdownOutput();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aConnectionIsUpgradedThroughNginx(String backend) throws Exception {
    try (Server server = serve(backend, forwarded(HttpBehindProxies::upgrade));
        RunningProxy nginx = nginx(server)) {
      assertTunnels(nginx);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aConnectionIsUpgradedThroughHaproxy(String backend) throws Exception {
    ConnectionHandler handler =
        ProxyProtocol.of(Http1.of(HttpBehindProxies::upgrade), Mode.REQUIRED, PROXIES);
    try (Server server = serve(backend, handler);
        RunningProxy haproxy = haproxy(server, "send-proxy-v2")) {
      assertTunnels(haproxy);
    }
  }
}
