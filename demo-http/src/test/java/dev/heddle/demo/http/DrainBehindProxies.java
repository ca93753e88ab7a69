package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.http.Http1;
import dev.heddle.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two servers behind a proxy that tries the other one if one is gone: each is replaced in turn,
/// and no client notices. Run by `mvn verify -Pproxies`.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainBehindProxies {
  private static final int CLIENTS = 4;

  /// How many requests are answered between one thing and the next.
  private static final int A_WHILE = 200;

  private static final String NGINX =
      """
      upstream heddle {
        server 127.0.0.1:%FIRST% max_fails=0;
        server 127.0.0.1:%SECOND% max_fails=0;
        keepalive 8;
      }
      server {
        listen 127.0.0.1:%PORT%;
        location / {
          proxy_pass http://heddle;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_next_upstream error timeout;
        }
      }
      """;

  private static final String HAPROXY =
      """
      frontend front
        mode http
        bind 127.0.0.1:%PORT%
        default_backend heddle
      backend heddle
        mode http
        balance roundrobin
        http-reuse always
        retries 3
        option redispatch 1
        retry-on conn-failure empty-response
        server one 127.0.0.1:%FIRST%
        server two 127.0.0.1:%SECOND%
      """;

  @TempDir Path folder;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger answered = new AtomicInteger();
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  static List<String> backends() {
    return Server.backends();
  }

  private static Server serve(String backend, String name, int port) throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).build())
        .listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            Http1.of(
                request -> {
                  Thread.sleep(1); // so that some are at work when their server is told to close
                  return Response.text(name);
                }))
        .start();
  }

  private boolean ask(RunningProxy proxy) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request = HttpRequest.newBuilder(proxy.uri("/")).build();
      while (!ended.get()) {
        var response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response::body).isEqualTo(200);
        names.add(response.body());
        answered.incrementAndGet();
      }
    }
    return true;
  }

  /// Replaces both servers while clients ask without a pause.
  private void replaceBoth(String backend, RunningProxyOf starter) throws Exception {
    Server first = serve(backend, "first", 0);
    Server second = serve(backend, "second", 0);
    int firstPort = first.localAddress().getPort();
    int secondPort = second.localAddress().getPort();
    try (RunningProxy proxy = starter.start(firstPort, secondPort);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> ask(proxy)));
      }
      awaitAnswers(clients);
      first.close();
      awaitAnswers(clients);
      first = serve(backend, "first again", firstPort);
      awaitAnswers(clients);
      second.close();
      awaitAnswers(clients);
      second = serve(backend, "second again", secondPort);
      awaitAnswers(clients);
      ended.set(true);
      for (Future<Boolean> client : clients) {
        assertThat(client.get()).isTrue();
      }
      assertThat(names).containsExactlyInAnyOrder("first", "second", "first again", "second again");
    } finally {
      ended.set(true);
      first.close();
      second.close();
    }
  }

  private void awaitAnswers(List<Future<Boolean>> clients) {
    int enough = answered.get() + A_WHILE;
    while (answered.get() < enough && clients.stream().noneMatch(Future::isDone)) {
      Thread.onSpinWait();
    }
  }

  private static String with(String configuration, int firstPort, int secondPort) {
    return configuration
        .replace("%FIRST%", Integer.toString(firstPort))
        .replace("%SECOND%", Integer.toString(secondPort));
  }

  @FunctionalInterface
  private interface RunningProxyOf {
    RunningProxy start(int firstPort, int secondPort) throws IOException;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void behindNginxNoRequestFails(String backend) throws Exception {
    replaceBoth(backend, (first, second) -> RunningProxy.nginx(folder, with(NGINX, first, second)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void behindHaproxyNoRequestFails(String backend) throws Exception {
    replaceBoth(
        backend, (first, second) -> RunningProxy.haproxy(folder, with(HAPROXY, first, second)));
  }
}
