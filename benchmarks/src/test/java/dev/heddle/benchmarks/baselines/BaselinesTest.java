package dev.heddle.benchmarks.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.benchmarks.load.ErrorKind;
import dev.heddle.benchmarks.load.ExpectedContent;
import dev.heddle.benchmarks.load.Generator;
import dev.heddle.benchmarks.load.HttpRequest;
import dev.heddle.benchmarks.load.LoadPlan;
import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.load.Target;
import dev.heddle.http.Http1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each baseline answers each message rightly, whatever their size and number.
class BaselinesTest {
  private record Shape(int payload, int pipeline) {}

  private static final List<Shape> SHAPES =
      List.of(new Shape(1, 1), new Shape(64, 16), new Shape(65_537, 1), new Shape(1_000_000, 3));

  static Stream<Arguments> baselines() {
    return Stream.of(
        Arguments.of("inline echo", "tcp", "", InlineEcho.server()),
        Arguments.of("netty echo", "tcp", "", NettyEcho.server()),
        Arguments.of("jdk echo", "tcp", "", JdkEcho.server()),
        Arguments.of("inline http", "http", "/", InlineHttp.server()),
        Arguments.of("netty http", "http", "/plaintext", NettyHttp.server()),
        Arguments.of("helidon http", "http", "/plaintext", HelidonHttp.server()),
        Arguments.of("jdk http", "http", "/plaintext", JdkHttp.server()),
        Arguments.of("jetty http", "http", "/plaintext", JettyHttp.server()),
        Arguments.of("vertx http", "http", "/plaintext", VertxHttp.server()),
        Arguments.of("inline ws", "ws", "/echo", InlineWs.server()),
        Arguments.of("netty ws", "ws", "/echo", NettyWs.server()),
        Arguments.of("helidon ws", "ws", "/echo", HelidonWs.server()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("baselines")
  void answersEveryMessage(String name, String scheme, String path, BaselineCommand.Server server)
      throws Exception {
    CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().start(() -> serve(server, listening));
    int port = listening.get(10, TimeUnit.SECONDS).getPort();
    try {
      for (Shape shape : SHAPES) {
        LoadPlan plan =
            LoadPlan.to(Target.parse(scheme + "://127.0.0.1:" + port + path))
                .connections(20)
                .payload(shape.payload)
                .pipeline(shape.pipeline)
                .build();
        try (Generator generator = Generator.open(plan)) {
          LoadResult result = generator.run(Duration.ofMillis(100));
          assertThat(result.errors()).as("%s", shape).isEmpty();
          assertThat(result.answered()).as("%s", shape).isGreaterThanOrEqualTo(20);
        }
      }
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  static Stream<Arguments> stacks() {
    return Stream.of(
        Arguments.of("netty", NettyHttp.server()),
        Arguments.of("helidon", HelidonHttp.server()),
        Arguments.of("jdk", JdkHttp.server()),
        Arguments.of("jetty", JettyHttp.server()),
        Arguments.of("vertx", VertxHttp.server()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stacks")
  void postsDownloadsAndSleeps(String name, BaselineCommand.Server server) throws Exception {
    CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().start(() -> serve(server, listening));
    int port = listening.get(10, TimeUnit.SECONDS).getPort();
    try {
      checkHttp(port);
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  @Test
  void heddlesBareHandlerAnswersTheSame() throws Exception {
    try (Server server = Server.listen(0, Http1.of(HeddleHttp::handle))) {
      checkHttp(server.localAddress().getPort());
    }
  }

  private static void checkHttp(int port) throws IOException {
    ExpectedContent hello = new ExpectedContent.OfLength(HttpPaths.HELLO.length());
    HttpRequest get = new HttpRequest("GET", List.of(), "", 200, hello);
    assertThat(errors(port, "/plaintext", get)).isEmpty();
    long start = System.nanoTime();
    assertThat(errors(port, "/sleep/5", get)).isEmpty();
    assertThat(System.nanoTime() - start).isGreaterThan(5_000_000);
    for (String body : List.of("x", "0123456789".repeat(500), "ab".repeat(50_000))) {
      HttpRequest post = new HttpRequest("POST", List.of(), body, 200, new ExpectedContent.Echo());
      assertThat(errors(port, "/echo", post)).isEmpty();
    }
    ExpectedContent megabyte = new ExpectedContent.OfLength(HttpPaths.DOWNLOAD_LENGTH);
    HttpRequest download = new HttpRequest("GET", List.of(), "", 200, megabyte);
    assertThat(errors(port, "/download", download)).isEmpty();
    assertThat(errors(port, "/nothing", new HttpRequest("GET", List.of(), "", 404))).isEmpty();
  }

  private static Map<ErrorKind, Long> errors(int port, String path, HttpRequest request)
      throws IOException {
    LoadPlan plan =
        LoadPlan.to(Target.parse("http://127.0.0.1:" + port + path))
            .connections(5)
            .request(request)
            .build();
    try (Generator generator = Generator.open(plan)) {
      LoadResult result = generator.run(Duration.ofMillis(50));
      assertThat(result.answered()).isPositive();
      return result.errors();
    }
  }

  private static void serve(
      BaselineCommand.Server server, CompletableFuture<InetSocketAddress> listening) {
    try {
      server.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), listening::complete);
    } catch (Exception ended) {
      listening.completeExceptionally(ended);
    }
  }
}
