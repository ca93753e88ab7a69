package dev.heddle.demo.http;

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
import dev.heddle.ws.Message;
import dev.heddle.ws.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  /// A WebSocket that sends back what comes, after saying who is there.
  private static final HttpHandler SOCKET =
      WebSockets.of(
          socket -> {
            socket.send(Peer.format(socket.request().peer().remote()));
            for (Message message; (message = socket.receive()) != null; ) {
              socket.send(message);
            }
          });

  private static void assertTalks(RunningProxy proxy) throws Exception {
    Heard heard = new Heard();
    try (HttpClient client = client()) {
      URI uri = URI.create("ws://127.0.0.1:" + proxy.port() + "/");
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .header("Origin", "http://127.0.0.1:" + proxy.port())
              .buildAsync(uri, heard)
              .join();
      try {
        assertThat(heard.next()).startsWith("127.0.0.2:");
        for (int length : new int[] {0, 125, 126, 65_536, 200_000}) {
          String text = "x".repeat(length);
          socket.sendText(text, true).join();
          assertThat(heard.next()).isEqualTo(text);
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(heard.next()).isEqualTo("closed 1000");
      } finally {
        socket.abort(); // or the client would wait for its end
      }
    }
  }

  /// The texts that the JDK's client receives, and how it ends.
  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
    private final StringBuilder begun = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      begun.append(part);
      if (last) {
        all.add(begun.toString());
        begun.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      all.add("closed " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      all.add(error.toString());
    }

    String next() throws InterruptedException {
      return all.poll(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aWebSocketGoesThroughNginx(String backend) throws Exception {
    try (Server server = serve(backend, forwarded(SOCKET));
        RunningProxy nginx = nginx(server)) {
      assertTalks(nginx);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aWebSocketGoesThroughHaproxy(String backend) throws Exception {
    ConnectionHandler handler = ProxyProtocol.of(Http1.of(SOCKET), Mode.REQUIRED, PROXIES);
    try (Server server = serve(backend, handler);
        RunningProxy haproxy = haproxy(server, "send-proxy-v2")) {
      assertTalks(haproxy);
    }
  }
}
